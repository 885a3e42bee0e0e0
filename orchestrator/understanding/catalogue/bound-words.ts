import type { Categories } from './categories.ts';
import { kept } from './kept.ts';
import type { Postings } from './postings.ts';

interface Titles {
  /** The stems of a title, its brand and measures left out. */
  wordsOf(item: number): readonly string[];
  /** All of them. */
  wholeOf(item: number): readonly string[];
}

/** So many titles tell how a word is used. */
const mostTitles = 40;

/**
 * The word to which another is bound: "cast" of "iron" where titles say it only in "Cast Iron Pan", between that one word
 * and the name of its category; an iron is none of these. Null where a word may name a thing by itself.
 */
export function createBoundWords(
  { named, of }: Pick<Categories, 'named' | 'of'>,
  { titles, names }: { titles: Postings; names: Postings },
  { wordsOf, wholeOf }: Titles,
): (stem: string) => string | null {
  return kept((stem: string): string | null => {
    const items = titles.get(stem) ?? [];
    if (items.length === 0 || items.length < (names.get(stem)?.length ?? 0) || named(stem).length > 0)
      return null;
    const before = new Set<string>();
    for (const item of items.slice(0, mostTitles)) {
      const [words, whole] = [wordsOf(item), wholeOf(item)];
      const next = whole[whole.indexOf(stem) + 1] ?? '';
      const at = words.indexOf(stem);
      if (at < 1 || !of(item)?.names.some((name) => name.includes(next))) return null;
      before.add(words[at - 1]);
      if (before.size > 1) return null;
    }
    return [...before][0] ?? null;
  });
}
