import { type Category, pathMark } from '../../catalogue/categories.ts';
import { holds } from '../../catalogue/find-things.ts';
import type { Lexicon } from '../../catalogue/lexicon.ts';
import type { Exclusion, Wish } from '../../intent.ts';
import type { HeardWish } from '../heard.ts';
import { isWithin } from '../wishes/refine.ts';
import { isAnimal } from './beings.ts';

/** It says for whom something is, and nothing else. */
export const isForSomebody = ({ complete, narrows, words, brands, measures }: HeardWish) =>
  !complete && narrows.length > 0 && words.length + brands.length + measures.length === 0;

/**
 * The same kinds of things for somebody else: "and for my sister?" after a perfume for men, "no, for a cat" after toys for
 * dogs. Null where nothing that was wished for is for another.
 */
export function forSomebodyElse(
  before: readonly Wish[],
  { text, narrows }: HeardWish,
  lexicon: Lexicon,
): Wish[] | null {
  const theirs = lexicon.categories.all().filter((category) => isNamed(category, narrows));
  const isTheirs = (path: string) =>
    isWithin(
      path,
      theirs.map((category) => category.path),
    );
  const wishes = before.map((wish) => {
    if (wish.categories.length === 0 || wish.categories.some(isTheirs)) return wish;
    const { found, kinds } = sameKind(wish, theirs, lexicon);
    if (found.length === 0) return wish;
    const items = found.flatMap((category) => category.items);
    const isHeld = (word: string) =>
      lexicon.stemsOf(word).every((stem) => items.some((item) => holds(lexicon, item, stem)));
    const isOneOfMany = found.some(({ names }) => names.length > 1);
    return {
      ...wish,
      text: [kinds.map(lexicon.form)[0] ?? wish.text.replace(/ ?\bfor .*$/, ''), text].join(' '),
      categories: found.map(({ path }) => path),
      words: [...new Set([...wish.words.filter(isHeld), ...(isOneOfMany ? kinds.map(lexicon.form) : [])])],
    };
  });
  if (wishes.some((wish, at) => wish !== before[at])) return wishes;
  // Leashes are nothing for cats: what there is for them.
  const isForOthers = before.every(
    ({ categories }) => categories.length > 0 && categories.every(isBesideTheirs),
  );
  const own: Wish = { text, categories: theirs.map(({ path }) => path), brands: [], words: [], measures: [] };
  return isForOthers && before.length > 0 ? [own] : null;

  function isBesideTheirs(path: string): boolean {
    const beside = theirs.flatMap(({ parent }) => parent?.children ?? []);
    return (
      !isTheirs(path) && beside.some((category) => isAnimals(category) && isWithin(path, [category.path]))
    );
  }
}

/** What was left out because it is for others, and is wished for now, is not left out. */
export function withoutTheirs(without: readonly Exclusion[], wishes: readonly Wish[]): Exclusion[] {
  const wished = wishes.flatMap(({ categories }) => categories);
  return without.filter(({ categories }) => !wished.some((path) => isWithin(path, categories)));
}

const isAnimals = ({ names }: Category) => names.flat().some(isAnimal);
const isNamed = ({ names }: Category, stems: readonly string[]) =>
  names.flat().some((stem) => stems.includes(stem));

/** Of their categories those that are called alike ("Cats > Toys"), with that name; else those beside it ("Women" and "Men"). */
function sameKind(
  { categories }: Wish,
  theirs: readonly Category[],
  lexicon: Lexicon,
): { found: Category[]; kinds: string[] } {
  const all = lexicon.categories.all();
  const wished = all.filter(({ path }) => categories.includes(path));
  const stems = new Set(wished.flatMap(({ names }) => names.flat()));
  const paths = theirs.map(({ path }) => path);
  const alike = all.filter((category) => isWithin(category.path, paths) && isNamed(category, [...stems]));
  if (alike.length > 0) {
    const kinds = alike.flatMap(({ names }) => names.flat()).filter((stem) => stems.has(stem));
    return { found: alike, kinds: [...new Set(kinds)] };
  }
  const parentOf = (path: string) => path.split(pathMark).slice(0, -1).join(pathMark);
  const beside = theirs.filter(({ path, parent }) =>
    wished.some((category) => parent !== null && parentOf(category.path) === parentOf(path)),
  );
  return { found: beside, kinds: [] };
}
