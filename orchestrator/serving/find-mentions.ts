import type { Pieces } from './made-once.ts';

/** An item that a text mentions. */
export interface Mention {
  item: number;
  /** Share of the title's weight that stands in the text, in (0, 1]. */
  coverage: number;
  /** The words of the text that name it. */
  words: readonly string[];
}

const leastCoverage = 0.6;
const leastWords = 2;

/**
 * Finds items by the words of their titles. Words weigh by how rare they are in the catalogue (idf), so that "eau de
 * toilette" alone names nothing; each word of the text serves one mention only.
 */
export function* findMentions(
  titles: readonly (readonly string[])[],
): Pieces<(words: readonly string[], taken?: readonly string[]) => Mention[]> {
  const itemsOfWord = new Map<string, number[]>();
  for (const [item, title] of titles.entries()) {
    for (const word of title) {
      const carriers = itemsOfWord.get(word);
      if (carriers) carriers.push(item);
      else itemsOfWord.set(word, [item]);
    }
    yield;
  }
  const weight = (word: string) => Math.log(1 + titles.length / (itemsOfWord.get(word)?.length ?? 1));
  const weightOf = (words: readonly string[]) => words.reduce((sum, word) => sum + weight(word), 0);
  const mentionOf = (item: number, free: ReadonlySet<string>): Mention & { weight: number } => {
    const words = titles[item].filter((word) => free.has(word));
    const found = weightOf(words);
    return { item, words, coverage: found / weightOf(titles[item]), weight: found };
  };

  /** Items that share enough words with the text to be worth a look: a count over the lists of its words. */
  const candidates = (free: ReadonlySet<string>): number[] => {
    const counts = new Map<number, number>();
    for (const word of free)
      for (const item of itemsOfWord.get(word) ?? []) counts.set(item, (counts.get(item) ?? 0) + 1);
    return [...counts].filter(([, count]) => count >= leastWords).map(([item]) => item);
  };

  return (words, taken = []) => {
    const free = new Set(words);
    for (const word of taken) free.delete(word);
    const found: Mention[] = [];
    let open = candidates(free);
    for (;;) {
      // A mention only removes words, so an item that is no candidate now will never become one.
      const mentions = open
        .map((item) => mentionOf(item, free))
        .filter((mention) => mention.coverage >= leastCoverage && mention.words.length >= leastWords);
      if (mentions.length === 0) return found;
      const best = mentions.reduce((a, b) => (isBefore(a, b) ? a : b));
      found.push({ item: best.item, coverage: best.coverage, words: best.words });
      for (const word of best.words) free.delete(word);
      open = mentions.map(({ item }) => item).filter((item) => item !== best.item);
    }
  };
}

type Weighed = Mention & { weight: number };

/** The heavier first, then the better covered, then the lower number. */
function isBefore(a: Weighed, b: Weighed): boolean {
  return (b.weight - a.weight || b.coverage - a.coverage || a.item - b.item) < 0;
}
