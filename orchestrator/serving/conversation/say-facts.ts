import { plainText, shorten } from '../../prompts/item-text.ts';
import { isNoneLeft } from '../../shared/sold-out.ts';
import { bestOf, measuresTold, unitsOfFact } from '../../understanding/index.ts';
import type { ItemCard } from '../contract/items.ts';

/** What is known of an item that a question is about. */
export interface AskedCard extends ItemCard {
  description: string;
}

const longestText = 200;

/** Answers to a question about a field of items: a sentence each. */
export function answersTo(field: string, cards: readonly AskedCard[], asked?: string): string[] {
  return cards.map((card) => {
    const isAnything = field === '' || field === 'description' || field === bestOf;
    const price = field === 'price' ? '' : priceOf(card);
    const facts = isAnything ? allOf(card) : listed([factOf(card, field, asked), price]);
    // The data judge nothing; the list is in the order of how likely each is.
    const lead = field === bestOf ? 'Which is best, the data do not say. The likeliest of them: ' : '';
    return `${lead}${card.title}: ${facts || 'nothing more is known'}.`;
  });
}

/** "129.00", or nothing where the price is not known; the data do not say in which currency. */
export function priceOf({ attributes = {} }: ItemCard): string {
  const { price } = attributes;
  return typeof price === 'number' ? price.toFixed(2) : '';
}

/** What can be said of an item where nothing certain was asked: its text, then facts; the brand where neither text nor title names it. */
function allOf(card: AskedCard): string {
  const { title, brand = '', categories = [] } = card;
  const text = toldOf(card, 'description') ?? '';
  const isNamed = `${title} ${text}`.toLowerCase().includes(brand.toLowerCase());
  const facts = listed([isNamed ? '' : brand, categories.at(-1) ?? '', stockOf(card), priceOf(card)]);
  return [text, facts].filter(Boolean).join('. ');
}

const listed = (facts: readonly string[]) => facts.filter(Boolean).join(', ');

function factOf(card: AskedCard, field: string, asked?: string): string {
  if (field === 'price') return priceOf(card) || 'price unknown';
  if (field === 'stock') return stockOf(card) || 'stock unknown';
  const told = toldOf(card, field);
  if (told === null && asked) return `the data do not say whether it ${asked}`;
  return told === null ? `${field} unknown` : `${field} ${told}`;
}

export function stockOf(card: ItemCard): string {
  const value = attributeOf(card, 'stock');
  if (value === undefined || value === '') return '';
  if (typeof value !== 'number') return `stock ${[value].flat().join(', ')}`;
  return isNoneLeft(value) ? 'sold out (when it is back is unknown)' : `in stock (${value} left)`;
}

/** Where a fact stands: an attribute of this name, the brand, an amount in the title or the text, a sentence that says it. */
export function toldOf(card: AskedCard, field: string): string | null {
  const value = attributeOf(card, field);
  if (value !== undefined && value !== '') return [value].flat().join(', ');
  if (field === 'brand') return card.brand ?? null;
  if (field === 'category') return card.categories?.join(' > ') ?? null;
  if (field === 'description') return clean(card.description) || null;
  if (Object.hasOwn(unitsOfFact, field)) return amountsOf(card, unitsOfFact[field]);
  const sentence = sentenceWith(card, field);
  return sentence === null ? null : `(${sentence})`;
}

function amountsOf({ title, description }: AskedCard, units: readonly string[]): string | null {
  for (const text of [title, description]) {
    const told = measuresTold(text).filter(({ key }) => units.includes(key.split(':')[0]));
    if (told.length > 0) return told.map((measure) => measure.text.replace(/^size /, '')).join(', ');
  }
  return null;
}

function sentenceWith({ title, description }: AskedCard, field: string): string | null {
  const words = field.toLowerCase().split(' ');
  const sentences = [title, ...description.split(/(?<=[.!?])\s+/)];
  const holds = (some: readonly string[]) =>
    sentences.find((sentence) => some.every((word) => sentence.toLowerCase().includes(word)));
  // "Contains gluten" says whether something is gluten free.
  const things = words.filter((word) => word !== 'free');
  const found = holds(words) ?? (things.length > 0 ? holds(things) : undefined);
  return found ? clean(found) : null;
}

function clean(text: string): string {
  return shorten(plainText(text), longestText).replace(/[.\s]+$/, '');
}

export function attributeOf({ attributes = {} }: ItemCard, field: string) {
  return Object.hasOwn(attributes, field) ? attributes[field] : undefined;
}
