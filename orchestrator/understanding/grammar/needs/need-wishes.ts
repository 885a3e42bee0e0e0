import type { Category } from '../../catalogue/categories.ts';
import type { Lexicon } from '../../catalogue/lexicon.ts';
import { includesSorted } from '../../catalogue/postings.ts';
import { stemOf } from '../../words/stems.ts';
import type { HeardWish } from '../heard.ts';
import { isWithin } from '../wishes/refine.ts';
import { emptyWish } from '../wishes/wishes.ts';

const mostCategories = 4;

/** The wish for a thing that serves a need: a category of its name, or items; null where the catalogue has none that is open. */
export function wishFor(
  thing: readonly string[],
  isOpen: (path: string) => boolean,
  lexicon: Lexicon,
): HeardWish | null {
  const { categories, names, titles } = lexicon;
  const stems = thing.map(stemOf);
  const text = stems.map(lexicon.form).join(' ');
  const named = categories
    .named(stems[0])
    .filter(
      ({ names: own, path }) =>
        isOpen(path) && own.some((name) => stems.every((stem) => name.includes(stem))),
    );
  if (named.length > 0 && named.length <= mostCategories)
    return { ...emptyWish(text), categories: named.map(({ path }) => path), complete: true };
  const [first, ...rest] = stems;
  if (rest.length === 0 && lexicon.boundTo(first) !== null) return null;
  const items = (titles.get(first) ?? []).filter(
    (item) =>
      isOpen(categories.of(item)?.path ?? '') &&
      rest.every((stem) => includesSorted(names.get(stem) ?? [], item)),
  );
  if (items.length === 0) return null;
  const places = new Map<Category, number>();
  for (const item of items) {
    const category = categories.of(item);
    if (category) places.set(category, (places.get(category) ?? 0) + 1);
  }
  const usual = [...places].sort(([, a], [, b]) => b - a).map(([{ path }]) => path);
  return {
    ...emptyWish(text),
    categories: usual.slice(0, 1),
    words: stems.map(lexicon.form),
    complete: true,
  };
}

/** Whether one is a whole category, or of a name, of which the other is some: pans, and non-stick pans. */
export const isOfWish = (wide: HeardWish, narrow: HeardWish) =>
  wide.words.every((word) => narrow.words.includes(word)) &&
  narrow.categories.some((path) => isWithin(path, wide.categories));

/** "Teething ring" beside "teething". */
export const isLonger = (narrow: HeardWish, wide: HeardWish) =>
  narrow.text !== wide.text &&
  isOfWish(wide, narrow) &&
  wide.text.split(' ').every((word) => narrow.text.split(' ').includes(word));
