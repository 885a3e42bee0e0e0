import type { Category } from './categories.ts';
import { kept } from './kept.ts';
import type { Lexicon } from './lexicon.ts';
import { includesSorted, without } from './postings.ts';

/** What the catalogue has under some words. */
export interface Things {
  /** Innermost categories of the items that hold the most of the words; empty where they are all over the catalogue. */
  categories: Category[];
  /** The items that hold the most of the words, in titles, categories, brands or keywords; in rising order. */
  items: Int32Array;
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
  const touched = new Int32Array(lexicon.items.length);
  const places = createPlaces(lexicon);
  return kept(({ stems, head = null, brands = [] }: Asked): Things => {
    counts.fill(0);
    let length = 0;
    const count = (items: Int32Array, weight: number) => {
      for (const item of items) {
        if (counts[item] === 0) touched[length++] = item;
        counts[item] += weight;
      }
    };
    for (const stem of new Set(stems)) {
      const { titled, placed, keyword, inKind, told } = places(stem);
      const factor = stem === head ? weights.head : 1;
      count(titled, factor * weights.title);
      count(placed, factor * weights.title);
      count(keyword, factor * weights.keyword);
      // "guitars" are what is in the category of this name, before "guitar strings".
      if (stem === head) count(inKind, weights.placed);
      // What a description says helps to choose among items, where no noun says what the thing is.
      if (head === null) count(told, weights.text);
    }
    const found = touched.subarray(0, length);
    const allowed =
      brands.length === 0 ? found : found.filter((item) => brands.includes(lexicon.items[item].brand));
    let most = 0;
    for (const item of allowed) most = Math.max(most, counts[item]);
    const items = allowed.filter((item) => counts[item] === most).sort();
    const held = new Set(stems.filter((stem) => items.length > 0 && holds(lexicon, items[0], stem)));
    return { items, held, categories: categoriesOf(lexicon, items) };
  });
}

/**
 * Items by where a word stands in them; each in one of the lists, but for `inKind`. What is kept for long is outside the
 * heap of young objects, which would copy it again and again.
 */
interface Places {
  titled: Int32Array;
  /** In their category, not in their title. */
  placed: Int32Array;
  /** In their keywords alone. */
  keyword: Int32Array;
  /** In their category, whatever the title says. */
  inKind: Int32Array;
  /** In their description alone. */
  told: Int32Array;
}

function createPlaces({ titles, names, texts, categories }: Lexicon): (stem: string) => Places {
  return kept((stem: string): Places => {
    const titled = titles.get(stem) ?? [];
    const named = names.get(stem) ?? [];
    const inKind = named.filter((item) => categories.of(item)?.words.has(stem));
    const placed = without(inKind, titled);
    return {
      titled: Int32Array.from(titled),
      placed: Int32Array.from(placed),
      keyword: Int32Array.from(without(without(named, titled), placed)),
      inKind: Int32Array.from(inKind),
      told: Int32Array.from(without(texts.get(stem) ?? [], named)),
    };
  });
}

export type FindThings = ReturnType<typeof createThings>;

export function holds({ names }: Lexicon, item: number, stem: string): boolean {
  return includesSorted(names.get(stem) ?? [], item);
}

function categoriesOf({ categories }: Lexicon, items: Int32Array): Category[] {
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
