import { containers, isFiller } from '../../words/filler-words.ts';
import { isVerb } from '../../words/parts-of-speech.ts';
import type { Token } from '../../words/tokens.ts';
import { bodyParts, isBeing } from '../people/beings.ts';
import { asksFrom } from './asking.ts';

const pointing = new Set('it that those them these this theirs'.split(' '));
const ending = new Set(
  'please in inside at so but then though either for again anymore and thanks'.split(' '),
);

/** "Without *it*", "none of *those*": whether a word points back, and says nothing of its own. */
export function pointsBack(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  const next = tokens[at + 1];
  return (
    token !== undefined &&
    !token.taken &&
    pointing.has(token.word) &&
    (next === undefined || next.kind === 'sign' || ending.has(next.word))
  );
}

/**
 * What such a word means: the last thing that is named in the clauses before, of those that ask for nothing:
 * "he always breaks fountain pens, so not those", in the nearest `most` of them. Empty where none is.
 */
export function antecedentOf(
  tokens: readonly Token[],
  at: number,
  isThing: (token: Token) => boolean,
  most = Number.POSITIVE_INFINITY,
): readonly Token[] {
  let end = startOf(tokens, at);
  for (let clauses = 0; end > 0 && clauses < most; clauses++) {
    const from = startOf(tokens, end - 1);
    const clause = tokens.slice(from, end);
    // What was bought is read as something that somebody has.
    const isOpen = asksFrom(clause) < 0 && !clause.some(({ word }) => taking.has(word));
    const named = isOpen ? runIn(clause, isThing) : [];
    if (named.length > 0) return named;
    end = from;
  }
  return [];
}

const taking = new Set(['bought', 'ordered', 'purchased']);

const startOf = (tokens: readonly Token[], at: number) =>
  tokens.findLastIndex(
    ({ kind, word, bound }, place) => place < at && !bound && (kind === 'sign' || starts.has(word)),
  ) + 1;
const starts = new Set('but because though although so and'.split(' '));

/** The last thing of a clause, with the words of the catalogue directly before it. */
function runIn(clause: readonly Token[], isThing: (token: Token) => boolean): readonly Token[] {
  const isSaid = (token: Token) =>
    token.kind === 'word' &&
    !token.taken &&
    !isFiller(token.word) &&
    !containers.has(token.word) &&
    !isVerb(token) &&
    isThing(token);
  const isNamed = (token: Token) => isSaid(token) && !isBeing(token.stem) && !bodyParts.has(token.stem);
  const last = clause.findLastIndex(isNamed);
  if (last < 0) return [];
  let first = last;
  // "The tuna cat food"
  while (first > 0 && isSaid(clause[first - 1])) first--;
  return clause.slice(first, last + 1);
}
