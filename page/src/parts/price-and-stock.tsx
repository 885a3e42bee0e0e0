import type { ItemCard } from '../../../orchestrator/serving/contract/items.ts';
import { priceOf, stockOf } from './item-facts.ts';

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
