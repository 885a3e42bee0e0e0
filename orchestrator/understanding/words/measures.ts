import { functionWords } from './filler-words.ts';
import { numberAt } from './numbers.ts';
import { phrases } from './phrases.ts';
import { type Token, tokensOf } from './tokens.ts';
import { type Unit, unitAt } from './units.ts';

/** A size or an amount. */
export interface Measure {
  /** For people, and read again by `measuresIn`: "12 kg". */
  text: string;
  /** The same for the same amount in other units: "g:12000". */
  key: string;
  length: number;
}

const shares = phrases({
  one: 'a',
  half: 'half a | a half | half',
  quarter: 'a quarter of a | quarter of a | a quarter | quarter',
});
const sizes = new Set('xxs xs s m l xl xxl xxxl small medium large'.split(' '));
const sizeOf: Record<string, string> = { small: 's', medium: 'm', large: 'l' };

/** The size that a word may mean: "l" for "large"; null where it is none. */
export const sizeCalled = (word: string): string | null => (word === 'big' ? 'l' : (sizeOf[word] ?? null));

/** The measure at a place: "12 kg", "5kg", "size 3", "four people", "4P", "135x200". */
export function measureAt(tokens: readonly Token[], at: number): Measure | null {
  if (!tokens[at] || tokens[at].taken) return null;
  if (tokens[at].word === 'size') {
    const next = tokens[at + 1]?.word === 'number' ? tokens[at + 2] : tokens[at + 1];
    if (!next || next.taken || !(next.kind === 'number' || sizes.has(next.word))) return null;
    const size = sizeOf[next.word] ?? next.word;
    return { text: `size ${size.toUpperCase()}`, key: `size:${size}`, length: tokens.indexOf(next) - at + 1 };
  }
  // "in L"; elsewhere a letter may be anything.
  if (sizes.has(tokens[at].word) && tokens[at].word.length < 4 && tokens[at - 1]?.word === 'in')
    return { text: `size ${tokens[at].word.toUpperCase()}`, key: `size:${tokens[at].word}`, length: 1 };
  const lone = loneSizeAt(tokens, at) ?? shareOfUnitAt(tokens, at);
  if (lone) return lone;
  const number = numberAt(tokens, at);
  if (!number) return null;
  const behind = tokens[at + number.length];
  const wide = tokens[at + 2];
  if (
    (behind?.word === 'x' || behind?.word === 'by') &&
    tokens[at].kind === 'number' &&
    wide?.kind === 'number'
  )
    return { text: `${tokens[at].word}x${wide.word}`, key: `area:${number.value}x${wide.value}`, length: 3 };
  const unit = unitAt(tokens, at + number.length);
  if (!unit) return null;
  return amountOf(number.value, unit, number.length + 1);
}

function amountOf(value: number, { shown, base, factor }: Unit, length: number): Measure {
  return { text: `${value} ${shown}`, key: `${base}:${Math.round(value * factor * 1000) / 1000}`, length };
}

const beforeSize = new Set('in need needs take takes wear wears want wants'.split(' '));

/** "socks, medium", "a vest in small please": such a word is a size and no description. */
function loneSizeAt(tokens: readonly Token[], at: number): Measure | null {
  const { word } = tokens[at];
  const size = sizeOf[word] ?? (sizes.has(word) ? word : undefined);
  const [before, behind] = [tokens[at - 1], tokens[at + 1]];
  const isOver = !behind || behind.kind === 'sign' || functionWords.has(behind.word);
  const isAlone = (before?.kind === 'sign' || beforeSize.has(before?.word ?? '')) && isOver;
  return size && isAlone ? { text: `size ${size.toUpperCase()}`, key: `size:${size}`, length: 1 } : null;
}

/** "half a kilo", "a quarter of a litre", "a kilo of". */
function shareOfUnitAt(tokens: readonly Token[], at: number): Measure | null {
  const share = shares(tokens, at);
  const unit = share && unitAt(tokens, at + share.length);
  if (!unit || (share.meaning === 'one' && tokens[at + share.length + 1]?.word !== 'of')) return null;
  return amountOf({ one: 1, half: 0.5, quarter: 0.25 }[share.meaning], unit, share.length + 1);
}

/** All measures that a text tells, in its own words. */
export function measuresTold(text: string): { text: string; key: string }[] {
  const tokens = tokensOf(text, 200);
  return tokens.flatMap((token, at) => {
    const measure = measureAt(tokens, at);
    if (measure) return [measure];
    const isSize =
      sizes.has(token.word) &&
      token.word.length <= 4 &&
      token.kind === 'word' &&
      !/\d/.test(tokens[at - 1]?.word ?? '');
    return isSize ? [{ text: `size ${token.word.toUpperCase()}`, key: `size:${token.word}` }] : [];
  });
}

/** Keys of all measures in a title. A letter at its end is a size: "Running Socks M". */
export function measuresIn(text: string): Set<string> {
  return keysIn(tokensOf(text, 200));
}

export function keysIn(tokens: readonly Token[]): Set<string> {
  const keys = new Set<string>();
  for (let at = 0; at < tokens.length; at++) {
    const measure = measureAt(tokens, at);
    if (measure) keys.add(measure.key);
    else if (sizes.has(tokens[at].word) && tokens[at].word.length <= 4 && tokens[at].kind === 'word')
      keys.add(`size:${tokens[at].word}`);
    at += measure ? measure.length - 1 : 0;
  }
  return keys;
}

/** Whether a title has a measure of a wish, in whatever unit it says it. */
export function hasMeasure(title: string, measure: string): boolean {
  const keys = measuresIn(title);
  const wanted = [...measuresIn(measure)];
  return wanted.length > 0 && wanted.every((key) => keys.has(key));
}

/** What a title holds that has the measure: a size may stand alone ("Socks M"). */
export const measureWords = (measure: string): string =>
  measure.replace(/^size (?=[A-Z]+$)/, '').toLowerCase();

/** In which units titles tell a fact. */
export const unitsOfFact: Record<string, readonly string[]> = {
  size: ['size', 'mm', 'inch', 'area', 'ml', 'g', 'people'],
  weight: ['g', 'oz'],
  volume: ['ml'],
  length: ['mm', 'inch'],
  height: ['mm', 'inch'],
  width: ['mm', 'inch'],
  people: ['people'],
  power: ['W'],
};

const bySize = ['xxs', 'xs', 's', 'm', 'l', 'xl', 'xxl', 'xxxl'];

/** What a title measures, to compare: each unit with its amount, of an area both sides, of a size its place. */
export function amountsIn(title: string): Map<string, number> {
  const amounts = new Map<string, number>();
  for (const key of measuresIn(title)) {
    const [unit, amount] = key.split(':');
    const [side, other] = amount.split('x').map(Number);
    const value = unit === 'area' ? side * other : bySize.includes(amount) ? bySize.indexOf(amount) : side;
    if (!amounts.has(unit) && Number.isFinite(value)) amounts.set(unit, value);
  }
  return amounts;
}
