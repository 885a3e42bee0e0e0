import type { Item } from '../dataset/types.ts';
import { wordsOf } from '../embedding/semantic/words.ts';

/** An item that a text mentions. */
export interface Mention {
  item: number;
  /** Share of the title's weight that stands in the text, in (0, 1]. */
  coverage: number;
}

export interface ItemLinker {
  /** Items whose titles stand in the text, in the order in which they are mentioned. */
  mentions(text: string): Mention[];
  /** The item with this id or exactly this title; null when there is none or the title is not unique. */
  find(name: string): number | null;
  /** Items with titles close to a name, best first: for error messages. */
  nearest(name: string, count: number): number[];
}

const leastCoverage = 0.6;
const leastWords = 2;

/**
 * Finds items by their titles. Words weigh by how rare they are in the catalogue (idf), so that "eau de toilette"
 * alone names nothing; each word of the text serves one mention only.
 */
export function createItemLinker(items: readonly Item[]): ItemLinker {
  const titles = items.map(({ title }) => [...new Set(wordsOf(title))]);
  const itemsOfWord = new Map<string, number[]>();
  for (const [item, words] of titles.entries())
    for (const word of words) itemsOfWord.set(word, [...(itemsOfWord.get(word) ?? []), item]);
  const weight = (word: string) => Math.log(1 + items.length / (itemsOfWord.get(word)?.length ?? 1));
  const weightOf = (words: readonly string[]) => words.reduce((sum, word) => sum + weight(word), 0);
  const byName = uniqueNames(items);

  const covered = (words: ReadonlySet<string>): Mention[] => {
    const candidates = new Set([...words].flatMap((word) => itemsOfWord.get(word) ?? []));
    return [...candidates].map((item) => {
      const found = titles[item].filter((word) => words.has(word));
      return { item, coverage: weightOf(found) / weightOf(titles[item]) };
    });
  };
  const heavier = (a: Mention, b: Mention) =>
    b.coverage * weightOf(titles[b.item]) - a.coverage * weightOf(titles[a.item]) ||
    b.coverage - a.coverage ||
    a.item - b.item;

  return {
    mentions(text) {
      const order = wordsOf(text);
      const free = new Set(order);
      const found: Mention[] = [];
      for (;;) {
        const [best] = covered(free)
          .filter(
            ({ item, coverage }) =>
              coverage >= leastCoverage && matchedWords(titles[item], free) >= leastWords,
          )
          .sort(heavier);
        if (!best) break;
        found.push(best);
        for (const word of titles[best.item]) free.delete(word);
      }
      const firstWord = ({ item }: Mention) => order.findIndex((word) => titles[item].includes(word));
      return found.sort((a, b) => firstWord(a) - firstWord(b));
    },
    find: (name) => byName.get(normal(name)) ?? null,
    nearest: (name, count) =>
      covered(new Set(wordsOf(name)))
        .sort(heavier)
        .slice(0, count)
        .map(({ item }) => item),
  };
}

function matchedWords(title: readonly string[], words: ReadonlySet<string>): number {
  return title.filter((word) => words.has(word)).length;
}

function uniqueNames(items: readonly Item[]): Map<string, number> {
  const names = new Map<string, number>();
  const repeated = new Set<string>();
  for (const [item, { title }] of items.entries()) {
    const name = normal(title);
    if (names.has(name)) repeated.add(name);
    names.set(name, item);
  }
  for (const name of [...repeated, '']) names.delete(name);
  // Ids last: an id always wins over a title.
  for (const [item, { item_id }] of items.entries()) names.set(normal(item_id), item);
  return names;
}

function normal(name: string): string {
  return name.trim().toLowerCase().replace(/\s+/g, ' ');
}
