import type { Limit } from '../../intent.ts';
import { functionWords } from '../../words/filler-words.ts';
import { numberAt } from '../../words/numbers.ts';
import { phrases, take } from '../../words/phrases.ts';
import type { Token } from '../../words/tokens.ts';
import { unitAt } from '../../words/units.ts';
import { boundBefore, boundBehind, type SaidBound } from './bounds.ts';

const currencies = new Map(
  Object.entries({
    '€': '€ eur euro euros',
    $: '$ usd dollar dollars buck bucks',
    '£': '£ gbp pound pounds quid',
    CHF: 'chf franken francs',
  }).flatMap(([sign, words]) => words.split(' ').map((word) => [word, sign] as const)),
);
/** Notes by their names: "less than a tenner". */
const notes = new Map([
  ['fiver', 5],
  ['tenner', 10],
]);

const to = phrases({ to: 'to | up to | - | – | — | till | until', and: 'and' });
const around = 0.25;

export interface Amount {
  min: number | null;
  max: number | null;
  currency: string;
  /** What was said, where its range is guessed: "about 20". */
  said?: string;
}

/** The price range of the sum at a place, taken from the words with what bounds it; null where none is. */
export function moneyAt(tokens: readonly Token[], at: number): Amount | null {
  const first = sumAt(tokens, at);
  // "Cheaper than the first one"
  const isNamed = naming.has(tokens[at - 1]?.word ?? '') || tokens[at].word === 'one';
  if (!first || (!first.currency && isNamed)) return null;
  const said = boundBefore(tokens, at);
  const from = said?.edge ?? at;
  const second = secondOf(tokens, first, said);
  if (second) {
    const end = free(tokens[second.end]) === 'range' ? second.end + 1 : second.end;
    take(tokens, from, end - from);
    const [min, max] = [first.value, second.value].sort((a, b) => a - b);
    return { min, max, currency: first.currency || second.currency };
  }
  const isBare = first.currency === '';
  const total = said?.meaning === 'min' || said?.meaning === 'around' ? null : totalAt(tokens, at, first.end);
  if (total) {
    take(tokens, Math.min(from, total.from), total.end - Math.min(from, total.from));
    const { value, currency } = first;
    // What several things cost together is not added up: none of them can cost more.
    return { min: null, max: value, currency, said: `${withUnit(sumText(value), currency)} together` };
  }
  if (isBare && countsSomething(tokens, first.end)) return null;
  const isClear = said !== null && !said.isWeak;
  const behind = endingAt(tokens, first.end);
  // "Min 20 max 60": what follows is said of the next number.
  const ending = isClear && behind?.meaning !== said.meaning ? null : behind;
  // A mere number is no price: something has to say so. A low one may be an age, or say how many: "2 tops".
  const isLow = first.value <= oldestChild;
  const isSaid = said && !(said.isWeak && isLow);
  const isEnded = ending && !isLow && ending.meaning !== 'around' && isBounded(tokens, at, ending);
  // "Two lamps for 50"
  const isFor = free(tokens[at - 1]) === 'for' && !isLow;
  if (isBare && !isSaid && !isEnded && !isFor) return null;
  const end = ending?.edge ?? first.end;
  take(tokens, from, end - from);
  const meaning = (isClear ? said.meaning : ending?.meaning) ?? 'max';
  const { value, currency } = first;
  const about = meaning === 'around' ? { said: withUnit(`about ${sumText(value)}`, currency) } : {};
  return { ...rangeOf(meaning === 'between' ? 'min' : meaning, value), currency, ...about };
}

/** The limit of such a range. */
export function priceLimit(min: number | null, max: number | null, currency: string): Limit {
  const [least, most] = [min, max].map((sum) => (sum === null ? null : sumText(sum)));
  const text =
    least !== null && most !== null
      ? `${least} to ${most}`
      : most !== null
        ? `up to ${most}`
        : `at least ${least}`;
  return { text: withUnit(text, currency), field: 'price', min, max, values: [] };
}

/** "12.10", "40" */
export const sumText = (sum: number): string => (Number.isInteger(sum) ? `${sum}` : sum.toFixed(2));

/** A limit whose number nobody said: "cheaper (under 20, a guess)". */
export function asGuess(limit: Limit, said: string): Limit {
  return { ...limit, text: `${said} (${limit.text}, a guess)`, guessed: true };
}

const withUnit = (text: string, currency: string) => (currency ? `${text} ${currency}` : text);

function rangeOf(meaning: 'max' | 'min' | 'around', value: number) {
  if (meaning === 'max') return { min: null, max: value };
  if (meaning === 'min') return { min: value, max: null };
  return { min: round(value * (1 - around)), max: round(value * (1 + around)) };
}

/** "20 - 60 €": the first number is a price because of the second, and "20 to 60" is where nothing is counted. */
function secondOf(tokens: readonly Token[], first: Sum, said: SaidBound | null): Sum | null {
  const joined = to(tokens, pastIsh(tokens, first.end));
  if (!joined) return null;
  const second = sumAt(tokens, pastIsh(tokens, first.end) + joined.length);
  if (!second || (joined.meaning === 'and' && said?.meaning !== 'between')) return null;
  if (!second.currency && countsSomething(tokens, second.end) && !first.currency) return null;
  const isHigh = Math.min(first.value, second.value) > oldestChild;
  return said || first.currency || second.currency || isHigh ? second : null;
}

/** "60 together", "60 for both of them", "a total of 60": the place where that is said, with the sum. */
function totalAt(tokens: readonly Token[], at: number, end: number): { from: number; end: number } | null {
  const behind = totals(tokens, end);
  if (behind) return { from: at, end: end + behind.length };
  for (const from of [at - 3, at - 2, at - 1]) {
    const before = from >= 0 ? totalsBefore(tokens, from) : null;
    if (before && from + before.length === at) return { from, end };
  }
  return null;
}
const totals = phrases({
  all: `together | altogether | all together | in total | total | in all | all in all | combined | overall | for both | for both of them | for all of them | for all of it |
    for everything | for the lot | for all | for the two | for all three`,
});
const totalsBefore = phrases({
  all: 'a total of | total of | total budget of | total budget is | total budget | in total | altogether | together | total | combined',
});
const each = new Set(['each', 'apiece']);

/** "200 max", "200, tops": behind a comma only where nothing follows, as in "dresses for 40 €, tops under 20". */
function endingAt(tokens: readonly Token[], at: number): SaidBound | null {
  if (each.has(free(tokens[at]))) return { meaning: 'max', isWeak: false, edge: at + 1 };
  const apart = free(tokens[at]) === ',' ? boundBehind(tokens, at + 1) : null;
  const next = apart && tokens[apart.edge];
  if (apart?.meaning === 'max' && (!next || next.kind === 'sign')) return apart;
  return boundBehind(tokens, at);
}

/** "70 and up", "40 max": a price where nothing is counted; behind a thing, only if it is a most. */
function isBounded(tokens: readonly Token[], at: number, { meaning }: SaidBound): boolean {
  const before = tokens[at - 1];
  const isFirst = !before || before.kind === 'sign' || copulas.has(before.word) || before.word === 'for';
  return isFirst || meaning === 'max';
}
const copulas = new Set(['is', 'are', 'cost', 'costs']);
/** The number behind these names something. */
const naming = new Set(
  'size sizes number no nr spf aged age ages # item option factor type model'.split(' '),
);
const oldestChild = 12;

/** "50ish-70": what makes the first number vague says nothing in a range. */
const pastIsh = (tokens: readonly Token[], at: number) => (free(tokens[at]) === 'ish' ? at + 1 : at);

interface Sum {
  value: number;
  currency: string;
  end: number;
}

/** A number, with a currency before or behind it or without. */
function sumAt(tokens: readonly Token[], from: number): Sum | null {
  let at = from;
  const note = free(tokens[at]) === 'a' ? at + 1 : at;
  const named = notes.get(free(tokens[note]));
  if (named !== undefined) return { value: named, currency: '£', end: note + 1 };
  let currency = currencies.get(free(tokens[at])) ?? '';
  if (currency) at++;
  const number = numberAt(tokens, at);
  if (!number) return null;
  let end = at + number.length;
  const behind = currencies.get(free(tokens[end])) ?? '';
  if (behind && !currency) {
    currency = behind;
    end++;
  }
  return { value: number.value, currency, end };
}

/** "at least 2 people", "under 400 g", "more than 3 pens". */
function countsSomething(tokens: readonly Token[], at: number): boolean {
  if (unitAt(tokens, at)) return true;
  const next = tokens[at];
  if (next === undefined || next.kind !== 'word') return next?.word === '%';
  return !(endsAmount.has(next.word) || (functionWords.has(next.word) && !counters.has(next.word)));
}

/** A function word behind a number ends the amount; but these count: "2 of them". */
const counters = new Set('of more other others another new good nice little own last first'.split(' '));
const endsAmount = new Set(
  'thanks each total altogether per ish odd budget tops max maximum minimum min limit up upwards plus range cap'.split(
    ' ',
  ),
);
export const isCurrency = (token: Token | undefined) => currencies.has(free(token));
const free = (token: Token | undefined) => (token && !token.taken ? token.word : '');
const round = (value: number) => Math.round(value * 100) / 100;
