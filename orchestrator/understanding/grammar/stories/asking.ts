import { isFiller } from '../../words/filler-words.ts';
import type { Token } from '../../words/tokens.ts';
import { beginsWithVerb, predicateOf } from './sentences.ts';

/**
 * Where a clause begins to say what it asks for: behind "I owe her", "could you show me", "I was thinking of", or at its
 * start where it is no sentence ("maybe a face cream"); -1 where it asks for nothing.
 */
export function asksFrom(clause: readonly Token[]): number {
  for (let at = 0; at < clause.length; at++) {
    const length = askingAt(clause, at);
    if (length === 0) continue;
    // "I would like to bring her …"
    const end = at + length;
    const isTo = clause[end]?.word === 'to' && getting.has(clause[end + 1]?.word ?? '');
    return isTo ? end + 2 : end;
  }
  return isFragment(clause) ? clause.findIndex(({ word }) => word !== 'so') : -1;
}

function askingAt(clause: readonly Token[], at: number): number {
  const { word } = clause[at];
  const [last, before] = [clause[at - 1]?.word ?? '', clause[at - 2]?.word ?? ''];
  const next = clause[at + 1]?.word ?? '';
  if (denying.has(last)) return 0;
  if (wanting.has(word)) return 1;
  if (word === 'after' && /^(?:am|are|is)$/.test(last)) return 1;
  if (liking.has(word)) return wishing.has(last) || wishing.has(before) ? 1 : 0;
  if (seeking.has(word) && behindSeeking.has(next)) return 2;
  // "I thought a candle might help": said of a thing, not of what is the case.
  if (seeking.has(word) && oneOf.has(next)) return 1;
  // "I could do with a lamp", "I could really use one".
  // "I would feel better with a stove"
  if (word === 'with' && contented.has(last)) return wishing.has(clause[at - 3]?.word ?? '') ? 1 : 0;
  if ((word === 'do' && next === 'with') || word === 'use')
    return wishing.has(last) || wishing.has(before) ? 1 : 0;
  if (getting.has(word)) return isOurs(clause.slice(0, at)) ? 1 : 0;
  if (having.has(word))
    return shops.has(last) || (last === 'got' && shops.has(before)) || (at === 0 && next === 'you') ? 1 : 0;
  if (word === 'any' && at === 0) return 1;
  if ((word === 'is' || word === 'are') && next === 'there' && leads(clause.slice(0, at))) return 2;
  // "I am out of shampoo", "we are running low on tea".
  if ((word === 'out' && next === 'of') || ((word === 'low' || word === 'short') && next === 'on'))
    return lacking.has(last) ? 2 : 0;
  // "What we do not have yet is …"
  const isCleft = clause[0].word === 'what' && us.has(clause[1]?.word ?? '');
  if (isCleft && (word === 'is' || word === 'are')) return 1;
  return word === 'please' || (word === 'time' && next === 'for') ? 1 : 0;
}
const contented = new Set('better happier safer happy glad'.split(' '));
const lacking = new Set('am are is run ran running getting'.split(' '));
const denying = new Set('not no never hardly'.split(' '));
const wanting = new Set('need needs want wants owe owes require requires missing lacking'.split(' '));
const liking = new Set('like love appreciate prefer enjoy'.split(' '));
const wishing = new Set('would could should might'.split(' '));
const seeking = new Set(
  'looking searching hunting shopping hoping asking wishing thinking thought wondering considering curious after interested hankering longing fancy'.split(
    ' ',
  ),
);
const oneOf = new Set('a an some one'.split(' '));
const behindSeeking = new Set('for of about in at'.split(' '));
const getting = new Set(
  'get buy find order bring give take show send recommend suggest pick try grab treat'.split(' '),
);
const having = new Set('have sell stock carry offer got make'.split(' '));
/** The shop, or a maker: "do they make lamps?" */
const shops = new Set(['you', 'they']);

/** "I have to *get*", "could you *show*", "we would like to *give*": asked for by who speaks, and not told of what was. */
function isOurs(before: readonly Token[]): boolean {
  const said = before.map(({ word }) => word);
  if (leads(before)) return true;
  const last = said.at(-1) ?? '';
  const isOpen = last === 'to' || said.slice(-2).some((word) => modals.has(word));
  return isOpen && said.some((word) => us.has(word));
}
const us = new Set('i we you let'.split(' '));
const modals = new Set('would could can should must will shall may might let better'.split(' '));

/** Whether nothing stands there but what leads into a clause: "so please". */
const leads = (before: readonly Token[]) =>
  before.every(({ word, kind }) => kind === 'sign' || (isFiller(word) && !us.has(word)));

/** "A lamp then", "maybe a face cream": no sentence, and nothing that goes on with one ("even my shoes", "on her clothes"). */
export function isFragment(clause: readonly Token[]): boolean {
  const first = clause.find(({ kind, taken }) => kind !== 'sign' && !taken);
  if (!first || goingOn.has(first.word) || predicateOf(clause) !== null) return false;
  // "Third coffee today": what has been.
  if (hasBeen(clause)) return false;
  return first.brand !== null || !beginsWithVerb(clause);
}
export const hasBeen = (clause: readonly Token[]): boolean => clause.some(({ word }) => been.has(word));
const been = new Set('today yesterday already'.split(' '));
const goingOn = new Set(
  'even on in at under behind inside across over onto into all because since while when'.split(' '),
);
