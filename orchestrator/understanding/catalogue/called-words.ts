import type { Categories } from './categories.ts';
import { kept } from './kept.ts';
import type { Postings } from './postings.ts';

/** So many titles tell how a word is used. */
const mostTitles = 40;

/**
 * Whether the catalogue calls things by a word: one of its categories is called so, or titles end with it. Of "House
 * Blend Coffee", coffee is one, and a house none.
 */
export function createCalledWords(
  { named, all }: Pick<Categories, 'named' | 'all'>,
  titles: Postings,
  wordsOf: (item: number) => readonly string[],
): (stem: string) => boolean {
  return kept(
    (stem: string): boolean =>
      named(stem).length > 0 ||
      // Titles alone may have what things are called anywhere.
      (all().length === 0 && titles.has(stem)) ||
      (titles.get(stem) ?? []).slice(0, mostTitles).some((item) => wordsOf(item).at(-1) === stem),
  );
}
