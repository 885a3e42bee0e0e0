import type { Lexicon } from '../../catalogue/lexicon.ts';
import { isVerb, mayBeGoods } from '../../words/parts-of-speech.ts';
import { take } from '../../words/phrases.ts';
import type { Token } from '../../words/tokens.ts';
import { bodyParts, isBeing } from '../people/beings.ts';
import { phraseOf } from '../phrase.ts';
import { askingVerbs } from './reasons.ts';

/**
 * "My last blanket fell apart after one winter because it was so cheap": of what somebody had, only its kind is asked for.
 * What became of it, up to the end of the sentence or to what is asked for, is neither a wish nor a limit.
 */
export function dropOldThings(tokens: readonly Token[], lexicon: Lexicon): void {
  for (let at = 0; at + 2 < tokens.length; at++) {
    if (!owners.has(tokens[at].word) || !former.has(tokens[at + 1].word)) continue;
    const verb = verbBehind(tokens, at + 2, lexicon);
    if (verb === null) continue;
    const end = endOf(tokens, verb);
    const other = phraseOf(tokens.slice(end), lexicon)?.head;
    const isHere = tokens.slice(at + 2, verb).some(({ stem }) => lexicon.names.has(stem));
    const isReplaced = !isHere || (other !== null && other !== undefined && lexicon.names.has(other.stem));
    // "My last shampoo made my hair greasy. A conditioner": another thing is asked for.
    if (!isReplaced) take(tokens, at, 2);
    take(tokens, isReplaced ? at : verb, end - (isReplaced ? at : verb));
    at = verb;
  }
}
const owners = new Set('my our his her their'.split(' '));
const former = new Set('last old previous former first current'.split(' '));
const mostOfThing = 4;

/** Where it is told what became of a thing that a shop has; null where none is named there. */
function verbBehind(tokens: readonly Token[], from: number, { names }: Lexicon): number | null {
  for (let at = from + 1; at <= from + mostOfThing && at < tokens.length; at++) {
    const thing = tokens[at - 1];
    if (thing.kind !== 'word' || tokens[at].kind !== 'word') return null;
    const isThing =
      (names.has(thing.stem) || mayBeGoods(thing)) && !isBeing(thing.stem) && !bodyParts.has(thing.stem);
    if (isThing && tellsState(tokens[at], names)) return at;
  }
  return null;
}

const tellsState = (token: Token, names: Lexicon['names']) =>
  states.has(token.word) || (!names.has(token.stem) && (isVerb(token) || /.{3}ed$/.test(token.word)));
const states = new Set(
  'is was were are has had did does got never always only just fell broke tore wore burnt burned stank smelled smelt leaked died lasted cost costs went came gave made kept lost'.split(
    ' ',
  ),
);

/** The end of what is told: the sentence's, or where a clause asks: "so I need a new one". */
function endOf(tokens: readonly Token[], from: number): number {
  const ends = tokens.findIndex(
    ({ kind, word }, at) => at > from && kind === 'sign' && '.!?;\n'.includes(word),
  );
  const end = ends < 0 ? tokens.length : ends;
  const asks = tokens.findIndex(
    ({ word }, at) => at > from && at < end && (askingVerbs.has(word) || questions.has(word)),
  );
  if (asks < 0) return end;
  const joins = tokens.findLastIndex(
    ({ word, kind }, at) => at > from && at < asks && (kind === 'sign' || clauses.has(word)),
  );
  return joins < 0 ? end : joins;
}
const questions = new Set('what which'.split(' '));
const clauses = new Set('so and but now'.split(' '));
