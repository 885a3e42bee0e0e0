import { numberAt } from '../../words/numbers.ts';
import { phrases, take } from '../../words/phrases.ts';
import type { Token } from '../../words/tokens.ts';
import { unitAt } from '../../words/units.ts';
import type { Reading } from '../heard.ts';
import { isCurrency } from '../limits/money.ts';

/** Nobody asks for a longer list in words. */
const most = 50;
/** Between the number and what it counts: "five cheap gift ideas". */
const mostBetween = 2;

const before = phrases({
  best: 'top | the top | your top | best | the best | your best',
  asks: `show me | show us | show | give me | give us | list | list me | name | name me | suggest | recommend | just | only | only show me | just show me |
    just give me | only give me | say`,
  bounds: 'no more than | not more than | at most | maximum | max | up to',
});
const counted = new Set(
  `idea ideas option options suggestion suggestions recommendation recommendations proposal proposals choice choices pick picks
  result results alternative alternatives example examples hit hits`.split(/\s+/),
);
/** These count a list only behind words that ask for one: "show me two items", not "I have two things". */
const loose = new Set(
  'items item products product articles article things ones one more others of'.split(' '),
);
const others = new Set(['more', 'others', 'other']);
const few = phrases({ two: 'a couple of | a couple', three: 'a few | some few', one: 'a single' });
const fewCounts = { one: 1, two: 2, three: 3 };
const opening = new Set('please and but ok okay so can could you just'.split(' '));
const closing = new Set('please thanks thank will then now for'.split(' '));

/** Reads how many items are asked for: "top 3", "just two ideas", "show me five". A number of things to buy is none: "two pans". */
export function readCount({ tokens, shown, heard }: Reading): void {
  for (let at = 0; at < tokens.length; at++) {
    const asked = before(tokens, at);
    const from = at + (asked?.length ?? 0);
    const number = countAt(tokens, from);
    if (!number || number.value < 1 || number.value > most || !Number.isInteger(number.value)) continue;
    const end = from + number.length;
    const isMore = shown.length > 0 && others.has(tokens[end]?.word);
    const noun = nounFrom(tokens, end, asked !== null || isMore);
    // "Up to 15" is a price.
    const isAlone =
      asked?.meaning === 'asks' && number.isExact && startsClause(tokens[at - 1]) && endsClause(tokens[end]);
    if (noun === null && !isAlone && asked?.meaning !== 'best') continue;
    if (isMeasured(tokens, end)) continue;
    // "One hit him": one of what was told of.
    if (objects.has(tokens[end + 1]?.word ?? '')) continue;
    heard.count = number.value;
    take(tokens, at, end - at);
    // "Three more" are others, which is read later.
    if (noun !== null && !others.has(tokens[noun].word)) take(tokens, noun);
    return;
  }
}

function countAt(
  tokens: readonly Token[],
  at: number,
): { value: number; length: number; isExact: boolean } | null {
  const some = few(tokens, at);
  if (some) return { value: fewCounts[some.meaning], length: some.length, isExact: false };
  const number = numberAt(tokens, at);
  return number && { ...number, isExact: true };
}

/** The place of what is counted. */
function nounFrom(tokens: readonly Token[], from: number, isAsked: boolean): number | null {
  for (let at = from; at <= from + mostBetween; at++) {
    const token = tokens[at];
    if (!token || token.taken || token.kind !== 'word') return null;
    if (counted.has(token.word) || (isAsked && at === from && loose.has(token.word))) return at;
  }
  return null;
}

const startsClause = (token: Token | undefined) =>
  token === undefined || token.kind === 'sign' || opening.has(token.word);
const endsClause = (token: Token | undefined) =>
  token === undefined || token.kind === 'sign' || closing.has(token.word);

const objects = new Set('me us him her them it'.split(' '));

/** "Only 20 euros", "up to 5 kg", "top 10 %". */
const isMeasured = (tokens: readonly Token[], at: number) =>
  isCurrency(tokens[at]) || unitAt(tokens, at) !== null || tokens[at]?.word === '%';
