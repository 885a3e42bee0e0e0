import type { ItemCard } from '../contract/items.ts';

/** Answers to a question about a field of items: a sentence each. */
export function answersTo(field: string, cards: readonly ItemCard[]): string[] {
  return cards.map((card) => {
    const isAnything = field === '' || field === 'description';
    const price = field === 'price' ? '' : priceOf(card);
    const facts = isAnything ? [...kindOf(card), price, stockOf(card)] : [factOf(card, field), price];
    return `${card.title}: ${facts.filter(Boolean).join(', ') || 'nothing more is known'}.`;
  });
}

/** "129.00", or nothing where the price is not known; the data do not say in which currency. */
export function priceOf({ attributes = {} }: ItemCard): string {
  const { price } = attributes;
  return typeof price === 'number' ? price.toFixed(2) : '';
}

/** What can be said of an item where nothing certain was asked. */
const kindOf = ({ brand = '', categories = [] }: ItemCard): string[] => [brand, categories.at(-1) ?? ''];

const stockOf = (card: ItemCard): string =>
  attributeOf(card, 'stock') === undefined ? '' : factOf(card, 'stock');

function factOf(card: ItemCard, field: string): string {
  const value = attributeOf(card, field);
  if (value === undefined || value === '') return `${field} unknown`;
  if (field === 'price') return priceOf(card) || String(value);
  if (field !== 'stock') return `${field} ${[value].flat().join(', ')}`;
  if (typeof value !== 'number') return `stock ${[value].flat().join(', ')}`;
  return value > 0 ? `in stock (${value} left)` : 'sold out';
}

function attributeOf({ attributes = {} }: ItemCard, field: string) {
  return Object.hasOwn(attributes, field) ? attributes[field] : undefined;
}
