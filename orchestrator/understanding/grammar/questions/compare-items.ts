import { differenceOf } from '../../intent.ts';
import { isFiller } from '../../words/filler-words.ts';
import { take } from '../../words/phrases.ts';
import type { Token } from '../../words/tokens.ts';
import type { Grammar } from '../grammar.ts';
import type { Reading } from '../heard.ts';
import { itemAt } from '../items/item-at.ts';
import { referenceAt } from '../items/references.ts';
import { comparedAt } from '../limits/superlatives.ts';
import { type ComparedFact, comparedFact, comparesPrices, factOfDifference } from './compared-facts.ts';

const differing = new Set(
  'difference differences differ differs compare compares compared comparing comparison versus vs side'.split(
    ' ',
  ),
);
/** Of these, too, where items are spoken of: "different ones" are others. */
const unlike = new Set(['different', 'alike']);
/** Words of such questions that are none of every sentence. */
const beside = new Set(['between', 'both', 'same', 'two', 'hold', 'holds', ...unlike]);
const asking = new Set('which what who how is are does do can could'.split(' '));
/** "Is *anything* cheaper than these two?" asks for others. */
const wishing = new Set('something anything any another other others else more'.split(' '));
const ends = new Set([
  ...differing,
  ...unlike,
  ...'and or than with to between of but is are does do cost costs have has which in fit fits weigh weighs hold holds'.split(
    ' ',
  ),
]);
const joins = new Set(['and', 'or']);
/** Such questions are short. */
const longest = 40;
/** Where nothing says which of a list are meant. */
const mostMeant = 3;

interface Spoken {
  ids: string[];
  from: number;
  end: number;
}

/**
 * Reads a question that compares items that are pointed at or named: "which of the first two is cheaper?", "what is the
 * difference between the first and the third?", "is the second bigger than the first?".
 */
export function readComparison(reading: Reading, grammar: Grammar): void {
  const { tokens, heard } = reading;
  const isOpen = tokens.some(({ word }) => differing.has(word) || unlike.has(word));
  // Items are looked for only where something is compared.
  if (tokens.length > longest || !(isOpen || comparedFact(tokens, grammar.lexicon))) return;
  const spoken = spokenIn(reading, grammar);
  const isFree = (at: number) => !spoken.some(({ from, end }) => at >= from && at < end);
  const free = tokens.map((token, at) => (isFree(at) ? token : { ...token, taken: true }));
  const isDifference = free.some(
    ({ word, taken }) => !taken && (differing.has(word) || (spoken.length > 0 && unlike.has(word))),
  );
  const fact = (isDifference ? factOfDifference : comparedFact)(free, grammar.lexicon);
  if (!(isDifference || fact)) return;
  const ids = meantIn(spoken, reading, isDifference);
  const isRead = ({ taken, kind, word }: Token, at: number) =>
    taken ||
    kind === 'sign' ||
    isFiller(word) ||
    differing.has(word) ||
    beside.has(word) ||
    (fact !== null && at >= fact.at && at < fact.at + fact.length);
  if (ids.length < 2 || !free.every(isRead) || !asks(free, spoken, isDifference || isOf(free, fact))) return;
  const { field, compares } = fact ?? { field: differenceOf };
  heard.question = { item_ids: ids, field, ...(compares ? { compares } : {}) };
  heard.spoken.push(...ids);
  take(tokens, 0, tokens.length);
}

/** The items that are pointed at or named. */
function spokenIn(reading: Reading, grammar: Grammar): Spoken[] {
  const { tokens } = reading;
  const found: Spoken[] = [];
  const ending = tokens.map(
    ({ word }, at) =>
      ends.has(word) ||
      comparesPrices(tokens, at) !== null ||
      comparedAt(tokens, at, grammar.lexicon) !== null,
  );
  const isEnd = (at: number) => ending[at];
  const isListed = reading.shown.length > 0 && tokens.some(({ word }) => differing.has(word));
  for (let at = 0; at < tokens.length; at++) {
    // "Have the same brand" points at nothing.
    if (tokens[at].taken || tokens[at + 1]?.word === 'same') continue;
    // "The first bigger": what compares ends what is pointed at.
    const next = tokens.findIndex(({ word }, place) => place > at && isEnd(place) && !joins.has(word));
    const said = tokens.slice(0, next < 0 ? tokens.length : next);
    const one = referenceAt(said, at, reading, grammar.lexicon, true) ?? (isListed ? placeAt(at) : null);
    const named = one ?? itemAt(at, at, isEnd, reading, grammar) ?? brandAt(at);
    if (!named) continue;
    const behind = 'end' in named ? named.end : at + named.length;
    found.push({ ids: named.ids, from: at, end: behind });
    at = behind - 1;
  }
  return found;

  /** "Between *1* and *3*" */
  function placeAt(at: number) {
    const id = tokens[at].kind === 'number' ? reading.shown[tokens[at].value - 1] : undefined;
    return id === undefined ? null : { ids: [id], length: 1 };
  }

  /** "*The Wuffi* or the Pawsome one": of the list. */
  function brandAt(at: number) {
    const start = tokens[at].word === 'the' ? at + 1 : at;
    const brand = tokens[start]?.brand;
    const { items, byId } = grammar.lexicon;
    const id = brand && reading.shown.find((each) => items[byId.get(each) ?? -1]?.brand === brand);
    if (!id) return null;
    let end = start + 1;
    while (tokens[end]?.bound && tokens[end].taken) end++;
    return { ids: [id], end: tokens[end]?.word === 'one' ? end + 1 : end };
  }
}

/** Those that are spoken of; where none is, those that the question before was about, or the first of the list. */
function meantIn(spoken: readonly Spoken[], { asked, shown }: Reading, isDifference: boolean): string[] {
  const ids = [...new Set(spoken.flatMap((each) => each.ids))];
  const isAll = ids.length === shown.length && spoken.length === 1;
  if (isAll && isDifference) return ids.slice(0, mostMeant);
  if (ids.length > 0) return ids;
  if (asked.length > 1) return [...asked];
  return isDifference ? shown.slice(0, mostMeant) : [];
}

/** Whether it is asked of these: "which is …", "is the first …"; not "which ones are cheaper than these". */
function asks(free: readonly Token[], spoken: readonly Spoken[], isClear: boolean): boolean {
  const than = free.findIndex(({ word, taken }) => word === 'than' && !taken);
  const isThanAll = than >= 0 && !spoken.some(({ from }) => from < than);
  const open = free.filter(({ taken, kind }) => !taken && kind !== 'sign');
  const isOther = open.some(({ word }, at) => wishing.has(word) && !(word === 'more' && at > 0));
  const isAsked = isClear || free.some(({ word, taken }) => !taken && asking.has(word));
  return isAsked && !isThanAll && !isOther;
}

/** "*The* cheaper one *of* the first two" asks for it by itself. */
function isOf(free: readonly Token[], fact: ComparedFact | null): boolean {
  if (!fact || free[fact.at - 1]?.word !== 'the') return false;
  const behind = fact.at + fact.length;
  return free[free[behind]?.word === 'one' ? behind + 1 : behind]?.word === 'of';
}
