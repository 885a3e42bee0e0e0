import { containers, isFiller } from '../words/filler-words.ts';
import { isVerb } from '../words/parts-of-speech.ts';
import type { Token } from '../words/tokens.ts';
import { asksFrom } from './asking.ts';
import { bodyParts, isBeing } from './beings.ts';

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
 * "he always breaks fountain pens, so not those". Empty where none is.
 */
export function antecedentOf(
  tokens: readonly Token[],
  at: number,
  isThing: (token: Token) => boolean,
): readonly Token[] {
  let end = startOf(tokens, at);
  while (end > 0) {
    const from = startOf(tokens, end - 1);
    const clause = tokens.slice(from, end);
    const named = asksFrom(clause) < 0 ? runIn(clause, isThing) : [];
    if (named.length > 0) return named;
    end = from;
  }
  return [];
}

const startOf = (tokens: readonly Token[], at: number) =>
  tokens.findLastIndex(
    ({ kind, word, bound }, place) => place < at && !bound && (kind === 'sign' || starts.has(word)),
  ) + 1;
const starts = new Set('but because though although so and'.split(' '));

/** The last thing of a clause, with the words of the catalogue directly before it. */
function runIn(clause: readonly Token[], isThing: (token: Token) => boolean): readonly Token[] {
  const isNamed = (token: Token) =>
    token.kind === 'word' &&
    !token.taken &&
    !isFiller(token.word) &&
    !containers.has(token.word) &&
    !isBeing(token.stem) &&
    !bodyParts.has(token.stem) &&
    !isVerb(token) &&
    isThing(token);
  const last = clause.findLastIndex(isNamed);
  if (last < 0) return [];
  let first = last;
  while (first > 0 && isNamed(clause[first - 1])) first--;
  return clause.slice(first, last + 1);
}
