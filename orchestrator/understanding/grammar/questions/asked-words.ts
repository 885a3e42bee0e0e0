import { isFiller } from '../../words/filler-words.ts';
import type { Token } from '../../words/tokens.ts';

const copulas = new Set(['is', 'are']);
/** What an item may hold; what stands behind them is named, also where no item and no one else knows the word: "gluten". */
const holding = new Map(
  Object.entries({
    have: 'has',
    contain: 'contains',
    include: 'includes',
    come: 'comes',
    fit: 'fits',
    need: 'needs',
    work: 'works',
    hold: 'holds',
    smell: 'smells',
    taste: 'tastes',
  }),
);
const joining = new Set('of with from without'.split(' '));
const aside = new Set('also actually really still even by any chance please at all'.split(' '));
const mostWords = 8;

/** Whether a word is named by its place, whatever it is: "*gluten* free", "contain *nickel*", "made of *jute*". */
export function isNamedByPlace(tokens: readonly Token[], at: number): boolean {
  const before = tokens.slice(0, at).findLast(({ kind, word }) => kind === 'word' && !isFiller(word))?.word;
  const isBehind = joining.has(tokens[at - 1]?.word ?? '') || holding.has(before ?? '');
  return isLong(tokens[at]) && (tokens[at + 1]?.word === 'free' || isBehind);
}
const isLong = ({ kind, word }: Token) => kind === 'word' && word.length > 2;

/**
 * What a question asks of an item, as a sentence says it: "is good for sensitive skin", "contains gluten"; undefined where
 * it begins with other words. `behind` is what stands behind the item, `isSaid` which of it may be said back.
 */
export function askedIn(
  verb: string,
  behind: readonly Token[],
  isSaid: (token: Token) => boolean,
): string | undefined {
  const said = behind.filter((token) => token.kind !== 'sign' && !aside.has(token.word) && isSaid(token));
  const words = said.slice(0, mostWords).map(({ word }) => word);
  const [first, ...rest] = words;
  if (first === undefined) return undefined;
  if (copulas.has(verb)) return ['is', ...words].join(' ');
  const does = holding.get(first);
  return verb === 'does' || verb === 'do'
    ? does && rest.length > 0
      ? [does, ...rest].join(' ')
      : undefined
    : undefined;
}
