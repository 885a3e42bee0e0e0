import type { ItemCard } from '../../../orchestrator/serving/contract/items.ts';

/** So few that a shopper wants to know how many. */
const few = 5;

/** `14.99`, as the data have it: they do not say in which currency. */
export function priceOf({ attributes }: ItemCard): string | null {
  const price = attributes?.price;
  return typeof price === 'number' ? price.toFixed(2) : null;
}

/** What the number of pieces means to a shopper. */
export function stockOf({ attributes }: ItemCard): { text: string; kind: 'good' | 'few' | 'none' } | null {
  const stock = attributes?.stock;
  if (typeof stock !== 'number') return null;
  if (stock <= 0) return { text: 'sold out', kind: 'none' };
  return stock <= few ? { text: `${stock} left`, kind: 'few' } : { text: 'in stock', kind: 'good' };
}

/** `Dove · Hair Care` */
export function kindOf({ brand, categories = [] }: ItemCard): string {
  return [brand, categories.at(-1)].filter(Boolean).join(' · ');
}

/** An item of an answer; `cold` where nobody has taken it yet. */
export type ShownItem = ItemCard & { cold?: true | undefined };

/** Price and stock, where the data have them, and whether the item is new. */
export function PriceAndStock({ item }: { item: ShownItem }) {
  const [price, stock] = [priceOf(item), stockOf(item)];
  if (price === null && stock === null && !item.cold) return null;
  return (
    <p class="price-line">
      {price !== null && <span class="price">{price}</span>}
      {stock && <span class={`stock stock-${stock.kind}`}>{stock.text}</span>}
      {item.cold && <span class="is-new">new</span>}
    </p>
  );
}
