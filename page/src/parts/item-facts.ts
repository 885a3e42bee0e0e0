import type { ItemCard } from '../../../orchestrator/serving/contract/items.ts';
import { isNoneLeft } from '../../../orchestrator/shared/sold-out.ts';

/** So few that a shopper wants to know how many. */
const few = 5;

/** `14.99`, as the data have it: they do not say in which currency. */
export function priceOf({ attributes }: ItemCard): string | null {
  const price = attributes?.price;
  return typeof price === 'number' ? price.toFixed(2) : null;
}

/** Said once, where prices are seen first. */
export const currencyNote = "Prices are the catalogue's, which names no currency.";

/** What the number of pieces means to a shopper. */
export function stockOf({ attributes }: ItemCard): { text: string; kind: 'good' | 'few' | 'none' } | null {
  const stock = attributes?.stock;
  if (typeof stock !== 'number') return null;
  if (isNoneLeft(stock)) return { text: 'sold out', kind: 'none' };
  return stock <= few ? { text: `${stock} left`, kind: 'few' } : { text: 'in stock', kind: 'good' };
}

/**
 * `Pawsome · Dogs › Toys`: the last two categories, as "Toys" alone does not say whose; the brand where the title does
 * not name it. No line begins with a sign.
 */
export function kindOf({ title, brand = '', categories = [] }: ItemCard): string {
  const isNamed = title.toLowerCase().includes(brand.toLowerCase());
  return [isNamed ? '' : brand, categories.slice(-2).join('\u00a0› ')].filter(Boolean).join('\u00a0· ');
}

/** Told in other places, or addresses. */
const toldElsewhere = new Set(['price', 'stock', 'image', 'url']);

/** `['Colour', 'blue']`: what else the data say of an item, each with its name. */
export function factsOf({
  attributes = {},
  keywords = [],
}: ItemCard & { keywords?: string[] }): [string, string][] {
  const told = Object.entries(attributes).filter(([name]) => !toldElsewhere.has(name));
  const facts = told.map(([name, value]) => [readable(name), [value].flat().join(', ')] as [string, string]);
  return [...facts, ...(keywords.length > 0 ? [['Keywords', keywords.join(', ')] as [string, string]] : [])];
}

function readable(name: string): string {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
