import type { Category } from './categories.ts';
import { kept } from './kept.ts';
import type { Lexicon } from './lexicon.ts';
import { includesSorted } from './postings.ts';

/** What the catalogue has under some words. */
export interface Things {
  /** Innermost categories of the items that hold the most of the words; empty where they are all over the catalogue. */
  categories: Category[];
  /** The items that hold the most of the words, in titles, categories, brands or keywords. */
  items: number[];
  /** The words that these items hold. */
  held: Set<string>;
}

/** More categories than these are no narrower wish. */
const mostCategories = 6;
/** Items of a category, as a share of those found, below which it is there by chance. */
const leastShare = 0.04;

export interface Asked {
  stems: readonly string[];
  /** What the thing is called; it counts more than the other words together. */
  head?: string | null | undefined;
  /** Only items of these brands; of all brands if empty. */
  brands?: readonly string[] | undefined;
}

/** How much a word of an item counts, by where it stands: a keyword that a shop gives freely tells less than a title. */
const weights = { title: 4, keyword: 2, text: 1, placed: 1, head: 64 };

/** Finds what some words are about: the items that hold the most of them. */
export function createThings(lexicon: Lexicon) {
  const counts = new Uint16Array(lexicon.items.length);
  return kept(({ stems, head = null, brands = [] }: Asked): Things => {
    counts.fill(0);
    const touched: number[] = [];
    const count = (items: readonly number[] | undefined, weight: number) => {
      for (const item of items ?? []) {
        if (counts[item] === 0) touched.push(item);
        counts[item] += weight;
      }
    };
    for (const stem of new Set(stems)) {
      const factor = stem === head ? weights.head : 1;
      const titled = lexicon.titles.get(stem) ?? [];
      const others = (lexicon.names.get(stem) ?? []).filter((item) => !includesSorted(titled, item));
      const isPlaced = (item: number) => lexicon.categories.of(item)?.words.has(stem) ?? false;
      count(titled, factor * weights.title);
      count(others.filter(isPlaced), factor * weights.title);
      count(
        others.filter((item) => !isPlaced(item)),
        factor * weights.keyword,
      );
      // "guitars" are what is in the category of this name, before "guitar strings".
      if (stem === head) count((lexicon.names.get(stem) ?? []).filter(isPlaced), weights.placed);
      // What a description says helps to choose among items, where no noun says what the thing is.
      if (head === null)
        count(
          (lexicon.texts.get(stem) ?? []).filter(
            (item) => !includesSorted(lexicon.names.get(stem) ?? [], item),
          ),
          weights.text,
        );
    }
    const allowed = (item: number) => brands.length === 0 || brands.includes(lexicon.items[item].brand);
    const most = touched.reduce((best, item) => (allowed(item) ? Math.max(best, counts[item]) : best), 0);
    const items = touched.filter((item) => counts[item] === most && allowed(item)).sort((a, b) => a - b);
    const held = new Set(stems.filter((stem) => items.length > 0 && holds(lexicon, items[0], stem)));
    return { items, held, categories: categoriesOf(lexicon, items) };
  });
}

export type FindThings = ReturnType<typeof createThings>;

export function holds({ names }: Lexicon, item: number, stem: string): boolean {
  return includesSorted(names.get(stem) ?? [], item);
}

function categoriesOf({ categories }: Lexicon, items: readonly number[]): Category[] {
  const counts = new Map<Category, number>();
  for (const item of items) {
    const category = categories.of(item);
    if (category) counts.set(category, (counts.get(category) ?? 0) + 1);
  }
  const usual = [...counts].filter(([, count]) => count >= leastShare * items.length).map(([found]) => found);
  const joined = joinChildren(usual);
  return joined.length > mostCategories ? [] : joined;
}

/** Where all children of a category are found, the category is. */
function joinChildren(found: readonly Category[]): Category[] {
  const set = new Set(found);
  for (const category of found)
    for (let up = category.parent; up && up.children.length > 1; up = up.parent) {
      if (!up.children.every((child) => set.has(child))) break;
      for (const child of up.children) set.delete(child);
      set.add(up);
    }
  return [...set].sort((a, b) => a.path.localeCompare(b.path));
}
