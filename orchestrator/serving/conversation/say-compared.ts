import {
  amountsIn,
  differenceOf,
  measuresTold,
  type Question,
  unitsOfFact,
} from '../../understanding/index.ts';
import { type AskedCard, answersTo, attributeOf, priceOf, stockOf, toldOf } from './say-facts.ts';

const mostSaid = 5;
const [mostAttributes, longestValue] = [6, 40];

/** Answers to a question about items: a sentence for each, or what compares them. */
export function answersOf({ field, asked, compares }: Question, cards: readonly AskedCard[]): string[] {
  if (cards.length < 2) return answersTo(field === differenceOf ? 'description' : field, cards, asked);
  if (field === differenceOf) return differencesOf(cards.slice(0, mostSaid));
  return compares ? inOrder(field, compares, cards) : answersTo(field, cards, asked);
}

interface Valued {
  title: string;
  value: number;
  text: string;
}

/** "Cheaper: A, 9.99; then B, 12.99 (3.00 more).", and what is not known. */
function inOrder(
  field: string,
  { text, most }: NonNullable<Question['compares']>,
  cards: readonly AskedCard[],
): string[] {
  const valued = valuesOf(field, cards);
  const known = cards.flatMap((card) => valued(card) ?? []);
  const unknown = cards.filter((card) => !valued(card)).map(({ title }) => title);
  const left = unknown.length > 0 ? [`The ${field} of ${unknown.join(' and ')} is unknown.`] : [];
  if (known.length < 2) {
    const told = known.map(({ title, text: own }) => `${title}: ${own}.`);
    return [`Which is ${text}, the data do not say.`, ...told, ...left];
  }
  const sorted = known.sort((a, b) => (most ? b.value - a.value : a.value - b.value));
  const [first, ...others] = sorted.map(({ title, text: own }) => `${title}, ${own}`).slice(0, mostSaid);
  if (sorted.every(({ value }) => value === sorted[0].value))
    return [`Alike in ${field}: ${[first, ...others].join('; ')}.`, ...left];
  const apart = Math.abs(sorted[0].value - sorted[1].value);
  const by =
    field === 'price' && sorted.length === 2 ? ` (${apart.toFixed(2)} ${most ? 'less' : 'more'})` : '';
  return [`${capital(text)}: ${first}; then ${others.join('; ')}${by}.`, ...left];
}

/** The number that an item has of a fact: an attribute, or an amount of its title in the unit that most of them tell. */
function valuesOf(field: string, cards: readonly AskedCard[]): (card: AskedCard) => Valued | null {
  const isTold = (unit: string) => cards.filter(({ title }) => amountsIn(title).has(unit)).length;
  const [unit] = (unitsOfFact[field] ?? []).toSorted((a, b) => isTold(b) - isTold(a));
  return (card) => {
    const { title } = card;
    const own = attributeOf(card, field);
    const amount = amountsIn(title).get(unit ?? '');
    const value = typeof own === 'number' ? own : amount;
    if (value === undefined) return null;
    const told = measuresTold(title).find(({ key }) => key.startsWith(`${unit}:`))?.text;
    const text = field === 'price' ? priceOf(card) : field === 'stock' ? stockOf(card) : null;
    return {
      title,
      value,
      text: text ?? (typeof own === 'number' ? `${field} ${own}` : (told ?? `${value}`)),
    };
  };
}

/** What is known of some items and not the same of all; then what is. */
function differencesOf(cards: readonly AskedCard[]): string[] {
  const names = new Set(cards.flatMap(({ attributes = {} }) => Object.keys(attributes)));
  const others = [...names].filter((name) => name !== 'price' && name !== 'stock').slice(0, mostAttributes);
  const facts: { name: string; of: (card: AskedCard) => string }[] = [
    { name: 'price', of: priceOf },
    { name: 'brand', of: ({ brand }) => brand ?? '' },
    { name: 'category', of: ({ categories = [] }) => categories.at(-1) ?? '' },
    {
      name: 'size',
      of: ({ title }) =>
        measuresTold(title)
          .map(({ text }) => text)
          .join(', '),
    },
    ...others.map((name) => ({ name, of: (card: AskedCard) => attributeText(card, name) })),
    { name: 'stock', of: stockOf },
    { name: 'description', of: (card) => toldOf(card, 'description') ?? '' },
  ];
  const known = facts
    .map(({ name, of }) => ({ name, told: cards.map(of) }))
    .filter(({ told }) => told.some((text) => text !== ''));
  const isAlike = ({ told }: { told: string[] }) => told.every((text) => text === told[0]);
  const alike = known.filter(isAlike).map(({ told }) => told[0]);
  const differing = known.filter((fact) => !isAlike(fact));
  const each = cards.map(({ title }, at) => {
    const own = differing.flatMap(({ name, told }) =>
      told[at] || name === 'description' ? told[at] || [] : `${name} unknown`,
    );
    return `${title}: ${own.join(', ') || 'nothing else is known'}.`;
  });
  return [...each, ...(alike.length > 0 ? [`Alike: ${alike.join(', ')}.`] : [])];
}

function attributeText(card: AskedCard, name: string): string {
  const value = attributeOf(card, name);
  const text = value === undefined ? '' : [value].flat().join(', ');
  return text === '' || text.length > longestValue ? '' : `${name} ${text}`;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
