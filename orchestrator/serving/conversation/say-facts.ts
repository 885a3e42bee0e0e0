import type { ItemCard } from '../contract/items.ts';

/** Answers to a question about a field of items: a sentence each. */
export function answersTo(field: string, cards: readonly ItemCard[]): string[] {
  return cards.map((card) => {
    const facts = [factOf(card, field), ...(field === 'price' ? [] : [priceOf(card)])];
    return `${card.title}: ${facts.filter(Boolean).join(', ')}.`;
  });
}

/** "129.00", or nothing where the price is not known; the data do not say in which currency. */
export function priceOf({ attributes = {} }: ItemCard): string {
  const { price } = attributes;
  return typeof price === 'number' ? price.toFixed(2) : '';
}

function factOf(card: ItemCard, field: string): string {
  const value = attributeOf(card, field);
  if (value === undefined || value === '') return `${field || 'that'} unknown`;
  if (field === 'price') return priceOf(card) || String(value);
  if (field !== 'stock') return `${field} ${[value].flat().join(', ')}`;
  if (typeof value !== 'number') return `stock ${[value].flat().join(', ')}`;
  return value > 0 ? `in stock (${value} left)` : 'sold out';
}

function attributeOf({ attributes = {} }: ItemCard, field: string) {
  return Object.hasOwn(attributes, field) ? attributes[field] : undefined;
}
