import { measureAt } from '../words/measures.ts';
import { type Token, tokensOf } from '../words/tokens.ts';
import type { Lexicon } from './lexicon.ts';
import { includesSorted } from './postings.ts';

const denying = new Set(['no', 'not', 'non', 'without', 'free', 'zero', 'of', 'from']);

/**
 * The items that hold all words of a phrase; of a saying like "without silicones", those that say it; of an amount ("2
 * people"), those whose titles tell it, in whatever way ("2P").
 */
export function holding(lexicon: Lexicon, phrase: string): Set<number> {
  const tokens = tokensOf(phrase, 20);
  const measure = measureAt(tokens, 0);
  if (measure && measure.length === tokens.length)
    return new Set([...(lexicon.sized.get(measure.key) ?? []), ...holdingWords(lexicon, tokens)]);
  return holdingWords(lexicon, tokens);
}

function holdingWords(lexicon: Lexicon, tokens: readonly Token[]): Set<number> {
  const stems = tokens.filter(({ kind }) => kind !== 'sign').map(({ stem }) => stem);
  const denies = stems.some((stem) => denying.has(stem)) && stems.some((stem) => lexicon.denied.has(stem));
  const wanted = denies ? stems.filter((stem) => !denying.has(stem)) : stems;
  const places = denies ? [lexicon.denied, lexicon.names] : [lexicon.names, lexicon.texts];
  const [first, ...rest] = wanted;
  if (first === undefined) return new Set();
  const holds = (item: number, stem: string) =>
    places.some((postings) => includesSorted(postings.get(stem) ?? [], item));
  const items = places.flatMap((postings) => postings.get(first) ?? []);
  return new Set(items.filter((item) => rest.every((stem) => holds(item, stem))));
}
