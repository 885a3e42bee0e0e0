import type { Limit } from '../intent.ts';
import { numberAt } from '../words/numbers.ts';
import { phrases, take } from '../words/phrases.ts';
import type { Token } from '../words/tokens.ts';
import { unitAt } from '../words/units.ts';
import { boundAt, boundBehind } from './bounds.ts';

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
}

/** The price range that is said at a place, taken from the words; null where none is. */
export function moneyAt(tokens: readonly Token[], at: number): Amount | null {
  const said = boundAt(tokens, at);
  const start = at + (said?.length ?? 0);
  // "20 - 60 €": the first number is a price because of the second.
  const first =
    sumAt(tokens, start, said ? 'counting nothing' : 'no') ??
    sumBefore(tokens, start) ??
    (said ? null : sumBounded(tokens, start));
  if (!first) return null;
  const joined = to(tokens, pastIsh(tokens, first.end));
  const second = joined
    ? sumAt(tokens, pastIsh(tokens, first.end) + joined.length, mayBeBareBehind(first))
    : null;
  const isRange = second && (said?.meaning === 'between' || (!said && (first.currency || second.currency)));
  if (second && isRange) {
    take(tokens, at, second.end - at);
    const [min, max] = [first.value, second.value].sort((a, b) => a - b);
    return { min, max, currency: first.currency || second.currency };
  }
  const ending = said ? boundEnding(tokens, first.end) : endingAt(tokens, first.end);
  // A mere number is no price: something has to say so.
  if (!said && !first.currency && !ending) return null;
  take(tokens, at, (ending?.end ?? first.end) - at);
  return {
    ...rangeOf(
      said?.meaning === 'between' ? 'min' : (said?.meaning ?? ending?.meaning ?? 'max'),
      first.value,
    ),
    currency: first.currency,
  };
}

/** The limit of such a range. */
export function priceLimit(min: number | null, max: number | null, currency: string): Limit {
  const unit = currency ? ` ${currency}` : '';
  const text =
    min !== null && max !== null
      ? `${min} to ${max}${unit}`
      : max !== null
        ? `up to ${max}${unit}`
        : `at least ${min}${unit}`;
  return { text, field: 'price', min, max, values: [] };
}

function rangeOf(meaning: 'max' | 'min' | 'around', value: number) {
  if (meaning === 'max') return { min: null, max: value };
  if (meaning === 'min') return { min: value, max: null };
  return { min: round(value * (1 - around)), max: round(value * (1 + around)) };
}

function sumBefore(tokens: readonly Token[], at: number) {
  const number = numberAt(tokens, at);
  const end = number ? pastIsh(tokens, at + number.length) : at;
  const joined = number && to(tokens, end);
  const isRange = joined && joined.meaning === 'to' && sumAt(tokens, end + joined.length, 'no');
  return isRange ? { value: number.value, currency: '', end } : null;
}

interface Ending {
  meaning: 'max' | 'min' | 'around';
  end: number;
}

function boundEnding(tokens: readonly Token[], at: number): Ending | null {
  const found = boundBehind(tokens, at);
  return found && { meaning: found.meaning, end: at + found.length };
}

/** "200 max", "200, tops": behind a comma only where nothing follows, as in "dresses for 40 €, tops under 20". */
function endingAt(tokens: readonly Token[], at: number): Ending | null {
  const apart = free(tokens[at]) === ',' ? boundEnding(tokens, at + 1) : null;
  const next = apart && tokens[apart.end];
  if (apart?.meaning === 'max' && (!next || next.kind === 'sign')) return apart;
  return boundEnding(tokens, at);
}

/**
 * "70 and up", "40 max": a price where nothing is counted; behind a thing, only if it is a most. A low number may be an
 * age, or say how many: "2 tops".
 */
function sumBounded(tokens: readonly Token[], at: number) {
  const number = numberAt(tokens, at);
  const end = at + (number?.length ?? 0);
  const ending = number && endingAt(tokens, end);
  if (!number || !ending || ending.meaning === 'around' || countsSomething(tokens, ending.end)) return null;
  const before = tokens[at - 1];
  const isFirst = !before || before.kind === 'sign' || copulas.has(before.word) || before.word === 'for';
  const isClear = ending.meaning === 'max' && !counting.has(before?.word ?? '');
  return number.value > oldestChild && (isClear || isFirst)
    ? { value: number.value, currency: '', end }
    : null;
}
const copulas = new Set(['is', 'are', 'cost', 'costs']);
const counting = new Set('of size no number spf for aged'.split(' '));
const oldestChild = 12;

/** "50ish-70": what makes the first number vague says nothing in a range. */
const pastIsh = (tokens: readonly Token[], at: number) => (free(tokens[at]) === 'ish' ? at + 1 : at);

/** Behind "EUR 10-", any number is a price. */
const mayBeBareBehind = ({ currency }: { currency: string }): Bare => (currency ? 'yes' : 'counting nothing');

/** Whether a number without a currency may be a price. */
type Bare = 'yes' | 'counting nothing' | 'no';

/** A number with a currency before or behind it, or a mere number. */
function sumAt(tokens: readonly Token[], from: number, bare: Bare) {
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
  const isNone = bare === 'no' || (bare === 'counting nothing' && countsSomething(tokens, end));
  if (!currency && isNone) return null;
  return { value: number.value, currency, end };
}

/** "at least 2 people", "under 400 g", "more than 3 pens". */
function countsSomething(tokens: readonly Token[], at: number): boolean {
  if (unitAt(tokens, at)) return true;
  const next = tokens[at];
  if (next === undefined || next.kind !== 'word') return next?.word === '%';
  return !endsAmount.has(next.word);
}

const endsAmount = new Set(
  `or and but please for in to with if that which is as from by only max tops thanks thank at on each total altogether
  per not no without would i ish odd all budget give`.split(/\s+/),
);
export const isCurrency = (token: Token | undefined) => currencies.has(free(token));
const free = (token: Token | undefined) => (token && !token.taken ? token.word : '');
const round = (value: number) => Math.round(value * 100) / 100;
