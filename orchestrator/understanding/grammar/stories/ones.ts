import type { Lexicon } from '../../catalogue/lexicon.ts';
import { isFiller } from '../../words/filler-words.ts';
import { mayBeGoods } from '../../words/parts-of-speech.ts';
import type { Token } from '../../words/tokens.ts';
import type { Grammar } from '../grammar.ts';
import { bodyParts, isBeing } from '../people/beings.ts';
import { phraseOf } from '../phrase.ts';
import { asksFrom } from './asking.ts';

const ones = new Set(['one', 'ones']);
const owners = new Set('my our his her their the'.split(' '));
const mostBetween = 2;

/**
 * "The zip of my sleeping bag broke. I'm after a new one": a part that asks for "one" asks for what was told of in the parts
 * before, of the catalogue or of what a shop could have. The part with the thing in its place.
 */
export function withOneNamed(
  part: readonly Token[],
  before: readonly Token[][],
  { lexicon }: Grammar,
): readonly Token[] {
  const place = part.findIndex(({ word, taken }) => ones.has(word) && !taken);
  if (place < 0 || asksFrom(part) < 0 || phraseOf(part.slice(0, place + 1), lexicon)?.head != null)
    return part;
  const thing = lastThing(before.flat(), lexicon);
  return thing.length > 0 ? [...part.slice(0, place), ...thing, ...part.slice(place + 1)] : part;
}

function lastThing(tokens: readonly Token[], { names, isBeside }: Lexicon): Token[] {
  // A press is no verb behind "French", where titles say "French Press".
  const isGoods = (token: Token, at: number) =>
    !isFiller(token.word) &&
    // "They go through it like water"
    tokens[at - 1]?.word !== 'like' &&
    !isBeing(token.stem) &&
    !bodyParts.has(token.stem) &&
    (mayBeGoods(token) || isBeside(tokens[at - 1]?.stem ?? '', token.stem));
  const isOwned = (at: number) =>
    tokens.slice(Math.max(0, at - mostBetween), at).some(({ word }) => owners.has(word));
  const known = tokens.findLastIndex((token, at) => isGoods(token, at) && names.has(token.stem));
  const last = known >= 0 ? known : tokens.findLastIndex((token, at) => isGoods(token, at) && isOwned(at));
  if (last < 0) return [];
  let first = last;
  while (first > 0 && isBeside(tokens[first - 1].stem, tokens[first].stem)) first--;
  return tokens.slice(first, last + 1).map((token) => ({ ...token, taken: false }));
}
