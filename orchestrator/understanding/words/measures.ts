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
const sizeOf = new Map(Object.entries({ small: 's', medium: 'm', large: 'l' }));

/** The size that a word may mean: "l" for "large"; null where it is none. */
export const sizeCalled = (word: string): string | null =>
  word === 'big' ? 'l' : (sizeOf.get(word) ?? null);

/** The measure at a place: "12 kg", "5kg", "size 3", "four people", "4P", "135x200 cm". */
export function measureAt(tokens: readonly Token[], at: number): Measure | null {
  if (!tokens[at] || tokens[at].taken) return null;
  if (tokens[at].word === 'size') {
    const next = tokens[at + 1]?.word === 'number' ? tokens[at + 2] : tokens[at + 1];
    if (!next || next.taken || !(next.kind === 'number' || sizes.has(next.word))) return null;
    const size = sizeOf.get(next.word) ?? next.word;
    return { text: `size ${size.toUpperCase()}`, key: `size:${size}`, length: tokens.indexOf(next) - at + 1 };
  }
  // "in L"; elsewhere a letter may be anything.
  if (sizes.has(tokens[at].word) && tokens[at].word.length < 4 && tokens[at - 1]?.word === 'in')
    return { text: `size ${tokens[at].word.toUpperCase()}`, key: `size:${tokens[at].word}`, length: 1 };
  const lone = loneSizeAt(tokens, at) ?? shareOfUnitAt(tokens, at);
  if (lone) return lone;
  const number = numberAt(tokens, at);
  if (!number) return null;
  const area = areaAt(tokens, at);
  if (area) return area;
  const unit = unitAt(tokens, at + number.length);
  if (!unit) return null;
  return amountOf(number.value, unit, number.length + 1);
}

/** "140x200", "2 x 3 m"; both sides in centimetres, as they are meant where no unit is said. "5 x 1 kg" is a weight. */
function areaAt(tokens: readonly Token[], at: number): Measure | null {
  const [side, by, other] = tokens.slice(at, at + 3);
  if (!(by?.word === 'x' || by?.word === 'by') || side.kind !== 'number' || other?.kind !== 'number')
    return null;
  const direct = unitAt(tokens, at + 3);
  // "20x30x40 mm"
  const isDeep = tokens[at + 3]?.word === by.word && tokens[at + 4]?.kind === 'number';
  const unit = direct ?? (isDeep ? unitAt(tokens, at + 5) : null);
  const millimetres = unit ? unit.factor * (millimetresIn[unit.base] ?? 0) : 10;
  if (unit && millimetres === 0) return direct && amountOf(other.value, direct, 4);
  const [long, wide] = [side, other].map(({ value }) => Math.round(value * millimetres * 100) / 1000);
  const ending = direct && millimetres !== 10 ? ` ${direct.shown}` : '';
  return {
    text: `${side.word}x${other.word}${ending}`,
    key: `area:${long}x${wide}`,
    length: direct ? 4 : 3,
  };
}
const millimetresIn: Record<string, number> = { mm: 1, inch: 25.4 };

function amountOf(value: number, { shown, base, factor }: Unit, length: number): Measure {
  return { text: `${value} ${shown}`, key: `${base}:${Math.round(value * factor * 1000) / 1000}`, length };
}

const beforeSize = new Set('in need needs take takes wear wears want wants'.split(' '));

const being = new Set('am is are'.split(' '));

/** "socks, medium", "a vest in small please": such a word is a size and no description. */
function loneSizeAt(tokens: readonly Token[], at: number): Measure | null {
  const { word } = tokens[at];
  const size = sizeOf.get(word) ?? (sizes.has(word) ? word : undefined);
  const [before, behind] = [tokens[at - 1], tokens[at + 1]];
  const isOver = !behind || behind.kind === 'sign' || functionWords.has(behind.word);
  // "She takes an S", "I am a medium"
  const isA = before?.word === 'a' || before?.word === 'an';
  const verb = isA ? tokens[at - 2] : before;
  const isWorn = beforeSize.has(verb?.word ?? '') || (isA && being.has(verb?.word ?? ''));
  const isAlone = (before?.kind === 'sign' || isWorn) && isOver;
  return size && isAlone ? { text: `size ${size.toUpperCase()}`, key: `size:${size}`, length: 1 } : null;
}

/** "half a kilo", "a quarter of a litre", "a kilo of". */
function shareOfUnitAt(tokens: readonly Token[], at: number): Measure | null {
  const share = shares(tokens, at);
  const unit = share && unitAt(tokens, at + share.length);
  const behind = tokens[at + (share?.length ?? 0) + 1]?.word ?? '';
  if (!unit || (share.meaning === 'one' && !behindUnit.has(behind))) return null;
  return amountOf({ one: 1, half: 0.5, quarter: 0.25 }[share.meaning], unit, share.length + 1);
}

/** "A kilo of", "a kilo a week"; else "a" may begin anything. */
const behindUnit = new Set('of a per each every'.split(' '));

/** All measures that a text tells, in its own words. A letter may be a size: "Running Socks M". */
export function measuresTold(text: string): { text: string; key: string }[] {
  return measuresAmong(tokensOf(text, 200));
}

function measuresAmong(tokens: readonly Token[]): { text: string; key: string }[] {
  const found: { text: string; key: string }[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const { word, kind } = tokens[at];
    const measure = measureAt(tokens, at);
    if (measure) found.push(measure);
    else if (sizes.has(word) && word.length <= 4 && kind === 'word' && !/\d/.test(tokens[at - 1]?.word ?? ''))
      found.push({ text: `size ${word.toUpperCase()}`, key: `size:${word}` });
    at += measure ? measure.length - 1 : 0;
  }
  return found;
}

/** Keys of all measures in a title. */
export function measuresIn(text: string): Set<string> {
  return keysIn(tokensOf(text, 200));
}

export const keysIn = (tokens: readonly Token[]): Set<string> =>
  new Set(measuresAmong(tokens).map(({ key }) => key));

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
