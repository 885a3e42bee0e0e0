import type { Token } from '../../words/tokens.ts';
import type { Grammar } from '../grammar.ts';
import type { HeardWish } from '../heard.ts';
import { refine, saysMore } from './refine.ts';

/** A wish, and the part of the turn that it was read from. */
export interface ReadWish {
  wish: HeardWish;
  part: readonly Token[];
}

/** "Scented candles. Fig would be lovely": of two sentences the second narrows the wish of the first, where some are so. */
export function narrowedByNext(
  tokens: readonly Token[],
  read: readonly ReadWish[],
  grammar: Grammar,
): HeardWish[] {
  const wishes: HeardWish[] = [];
  let last = -1;
  for (const { wish, part } of read) {
    const sentence = sentenceOf(tokens, part);
    const before = wishes.at(-1);
    const isNext = before?.complete && wishes.length === 1 && sentence > last && !adds(part);
    if (
      before &&
      isNext &&
      wish.words.length > 0 &&
      saysMore([before], { ...wish, describes: false }, grammar)
    )
      wishes[0] = { ...before, ...refine([before], [wish], true, grammar)[0] };
    else wishes.push(wish);
    last = sentence;
  }
  return wishes;
}

const adds = (part: readonly Token[]) =>
  part.some(({ word }) => adding.has(word)) || part.some(({ word }, at) => at < reach && articles.has(word));
const adding = new Set('also too and another plus'.split(' '));
const articles = new Set(['a', 'an', 'some']);
const reach = 4;

/** Whether no sentence ends between two parts, both of which have words. */
export function isSameSentence(
  tokens: readonly Token[],
  one: readonly Token[],
  other: readonly Token[],
): boolean {
  return one.length > 0 && sentenceOf(tokens, one) === sentenceOf(tokens, other);
}

/** How many sentences end before a part. */
function sentenceOf(tokens: readonly Token[], part: readonly Token[]): number {
  const start = tokens.indexOf(part.find((token) => tokens.includes(token)) ?? tokens[0]);
  return tokens.slice(0, start).filter(({ kind, word }) => kind === 'sign' && '.!?;\n'.includes(word)).length;
}
