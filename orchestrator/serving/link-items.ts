import type MiniSearch from 'minisearch';
import type { SearchOptions } from 'minisearch';
import SearchableMap from 'minisearch/SearchableMap';
import type { Item } from '../dataset/types.ts';
import { wordsOf } from '../embedding/semantic/words.ts';
import { titleOf } from '../prompts/item-text.ts';
import { createBreathe } from '../shared/breathe.ts';
import { isFiller } from '../understanding/index.ts';
import { findMentions, type Mention } from './find-mentions.ts';
import { type MadeOnce, madeOnce, type Pieces } from './made-once.ts';
import { createTextIndex } from './text-index.ts';

/** What a text says: the items that it names, in order, and the remaining words, which describe the wish. */
export interface ReadText {
  mentions: Mention[];
  /** Empty where nothing is left. */
  wish: string;
}

export interface ItemLinker {
  read(text: string): ReadText;
  /** The item with this id or exactly this title; null when there is none or the title is not unique. */
  find(name: string): number | null;
  /** All items with this id or exactly this title, in the order of the catalogue; an id always wins over a title. */
  named(name: string): readonly number[];
  /** Items for what was typed so far, best first: beginnings of words and typing errors are fine. */
  search(typed: string, count: number): { item: number; score: number }[];
  /** Prepares everything that the first text would wait for, in small pieces, so that other work can run in between. */
  prepare(): Promise<void>;
}

/** The rest of a longer text is ignored: it would not be a request for items. */
const longestText = 200;
const longestWish = 30;
/** Maximum number of words whose spelling is corrected: looking for similar words is costly. */
const mostUnknown = 20;
/** Maximum number of letters of a word whose spelling is corrected. */
const longestMended = 30;

/** Links texts to items of a catalogue. Costly structures are built at the first text, or by `prepare`. */
export function createItemLinker(
  items: readonly Item[],
  index: MadeOnce<MiniSearch> = madeOnce(() => createTextIndex(items)),
): ItemLinker {
  const byName = itemsByName(items);
  const only = (name: string) => {
    const named = byName.get(normal(name)) ?? [];
    return named.length === 1 ? named[0] : undefined;
  };
  const titles = madeOnce(() => titleWords(items));
  const mentionsIn = madeOnce(() => findMentions(titles()));
  const spelling = madeOnce(() => createSpelling(items, titles()));
  return {
    read(text) {
      const mend = spelling();
      let unknown = 0;
      const words = wordsOf(text)
        .slice(0, longestText)
        .map((word) => mend(word, () => ++unknown <= mostUnknown));
      const ids = words.flatMap((word) => {
        const item = looksLikeId(word) ? only(word) : undefined;
        return item === undefined ? [] : [{ item, coverage: 1, words: [word] }];
      });
      const mentions = mentionsIn()(
        words,
        ids.flatMap((mention) => mention.words),
      );
      // A mention takes one occurrence of each word: "a dove shampoo, and now another shampoo" wishes for shampoo.
      const named = new Set([...ids, ...mentions].flatMap((mention) => mention.words));
      const left = words.filter((word) => !named.delete(word) && !isFiller(word));
      const wish = left.slice(0, longestWish).join(' ');
      const firstWord = (mention: Mention) => words.findIndex((word) => mention.words.includes(word));
      return { mentions: [...ids, ...mentions].sort((a, b) => firstWord(a) - firstWord(b)), wish };
    },
    find: (name) => only(name) ?? null,
    named: (name) => byName.get(normal(name)) ?? [],
    search(typed, count) {
      const exact = only(typed);
      const found = index()
        .search(typed, typedOptions)
        .filter(({ id }) => id !== exact)
        .map(({ id, score }) => ({ item: id as number, score }));
      const best = found[0]?.score ?? 1;
      return [...(exact === undefined ? [] : [{ item: exact, score: 2 * best }]), ...found].slice(0, count);
    },
    async prepare() {
      const breathe = createBreathe();
      for (const { make } of [titles, mentionsIn, spelling, index]) await make(breathe);
    },
  };
}

/** A repeated word finds nothing more. */
const tokenize = (text: string) => [...new Set(wordsOf(text))];
const isText = (word: string) => word.length > 3 && !/\d/.test(word);
const typedOptions: SearchOptions = {
  tokenize,
  fields: ['title', 'brand', 'kinds', 'item_id'],
  boost: { title: 3, item_id: 3 },
  // Only the last word may still be unfinished.
  prefix: (_: string, at: number, words: string[]) => at === words.length - 1,
  fuzzy: (word: string) => (isText(word) && word.length <= longestMended ? 0.2 : false),
  // Allowing more edits takes as long as comparing with all words.
  maxFuzzy: 2,
  combineWith: 'AND',
};
function* titleWords(items: readonly Item[]): Pieces<string[][]> {
  const titles: string[][] = [];
  for (const item of items) {
    titles.push([...new Set(wordsOf(titleOf(item)))]);
    yield;
  }
  return titles;
}

/** An unknown word becomes the most similar word of a title, at most one edit per five letters away. */
function* createSpelling(
  items: readonly Item[],
  titles: readonly string[][],
): Pieces<(word: string, mayLook: () => boolean) => string> {
  const known = new Set<string>();
  for (const { description, keywords, categories, brand } of items) {
    for (const word of wordsOf([description, brand, ...keywords, ...categories].join(' '))) known.add(word);
    yield;
  }
  const frequencies = new SearchableMap<number>();
  for (const title of titles) {
    for (const word of title) {
      known.add(word);
      frequencies.set(word, (frequencies.get(word) ?? 0) + 1);
    }
    yield;
  }
  return (word, mayLook) => {
    const isLong = word.length >= 4 && word.length <= longestMended;
    if (!isLong || known.has(word) || isFiller(word) || /\d/.test(word) || !mayLook()) return word;
    const near = [...frequencies.fuzzyGet(word, word.length < 8 ? 1 : 2)];
    near.sort(([, [countA, a]], [, [countB, b]]) => a - b || countB - countA);
    return near[0]?.[0] ?? word;
  };
}

/** Ids of letters and digits, or long ones: `10` in a text is a number. */
export function looksLikeId(word: string): boolean {
  return word.length >= 4 && /\d/.test(word) && (/\p{L}/u.test(word) || word.length >= 8);
}

function itemsByName(items: readonly Item[]): Map<string, number[]> {
  const names = new Map<string, number[]>();
  for (const [item, { title }] of items.entries()) {
    const name = normal(title);
    const same = names.get(name);
    if (same) same.push(item);
    else names.set(name, [item]);
  }
  names.delete('');
  // Ids last: an id always wins over a title.
  for (const [item, { item_id }] of items.entries()) names.set(normal(item_id), [item]);
  return names;
}

function normal(name: string): string {
  return name.trim().toLowerCase().replace(/\s+/g, ' ');
}
