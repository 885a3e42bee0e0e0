import type { Categories, Category } from './categories.ts';
import { includesSorted, type Postings } from './postings.ts';

/** Share of a category's titles that have to say one of its names, so that the others are told to be something else. */
const leastTold = 0.15;

/** Whether an item may be what a word of its category's name says: of "Litter & Toys", a "Clumping Litter" is no toy. */
export type IsOneOf = (item: number, stem: string) => boolean;

/** Learns which names of categories that name several things their titles repeat. */
export function createAlternatives(categories: Categories, titles: Postings): IsOneOf {
  const told = new Map<Category, string[][]>();
  const saysName = (item: number, name: readonly string[]) =>
    name.every((stem) => includesSorted(titles.get(stem) ?? [], item));
  for (const category of categories.all()) {
    const { names, items } = category;
    if (names.length < 2) continue;
    const usual = names.filter(
      (name) => items.filter((item) => saysName(item, name)).length >= leastTold * items.length,
    );
    if (usual.length > 0) told.set(category, usual);
  }
  return (item, stem) => {
    const category = categories.of(item);
    const usual = category ? told.get(category) : undefined;
    if (!category || !usual || !category.names.some((name) => name.includes(stem))) return true;
    const own = usual.filter((name) => saysName(item, name));
    if (own.length > 0) return own.some((name) => name.includes(stem));
    // What says none of the told names is one of those that titles leave out, where there are any.
    const left = category.names.filter((name) => !usual.includes(name));
    return left.length === 0 || left.some((name) => name.includes(stem));
  };
}
