import { pathMark } from '../../catalogue/categories.ts';
import { holds } from '../../catalogue/find-things.ts';
import type { Wish } from '../../intent.ts';
import type { Grammar } from '../grammar.ts';
import type { HeardWish } from '../heard.ts';

/** Whether a wish that could stand alone says more about those before: "salmon" after "dog food". */
export function saysMore(before: readonly Wish[], next: HeardWish, { lexicon }: Grammar): boolean {
  // "It is for my uncle": nothing to look for, which takes no other's place.
  if (next.categories.length + next.brands.length + next.words.length === 0) return true;
  if (next.describes) return describesOne(before, next);
  if (!next.complete) return true;
  if (isOfBrand(next)) return before.some((wish) => isThing(wish) && comesFrom(wish, next.brands));
  if (next.brands.length > 0) return false;
  // "Bed 155x220" after "a duvet cover": what it is for, and its size.
  if (next.words.length === 0) return next.measures.length > 0 && before.some((wish) => isInside(wish, next));
  const stems = next.words.flatMap(lexicon.stemsOf);
  // "For coloured hair" after "a conditioner": what is needed, some of them are.
  if (next.isNeed && stems.length > 1 && before.some((wish) => isThing(wish) && hasSome(wish))) return true;
  return before.some((wish) => {
    // "Linen" after "duvet cover", though there are candles of that scent.
    const same = next.categories.some((path) => isWithin(path, wish.categories));
    const all = [...stems, ...wish.words.flatMap(lexicon.stemsOf)];
    return same && titled(stems[0], wish).some((item) => all.every((stem) => holds(lexicon, item, stem)));
  });

  function hasSome(wish: Wish): boolean {
    const all = [...stems, ...wish.words.flatMap(lexicon.stemsOf)];
    return (
      wish.categories.length > 0 &&
      titled(stems[0], wish).some((item) => all.every((stem) => holds(lexicon, item, stem)))
    );
  }

  /** "Wuffi" after "dog food", where some is of it. */
  function comesFrom({ categories }: Wish, brands: readonly string[]): boolean {
    return lexicon.items.some(
      ({ brand }, item) =>
        brands.includes(brand) &&
        (categories.length === 0 || isWithin(lexicon.categories.of(item)?.path ?? '', categories)),
    );
  }
  function titled(stem: string, wish: Wish): number[] {
    return (lexicon.titles.get(stem) ?? []).filter((item) => isOf(item, wish));
  }
  function isOf(item: number, wish: Wish): boolean {
    return isWithin(lexicon.categories.of(item)?.path ?? '', wish.categories);
  }
  /** "my skin is dry" says more about a face cream, and nothing about a tent. */
  function describesOne(wishes: readonly Wish[], { words, narrows }: HeardWish): boolean {
    const said = [...words.flatMap(lexicon.stemsOf), ...narrows];
    const holding = (stem: string) => [
      ...(lexicon.names.get(stem) ?? []),
      ...(lexicon.texts.get(stem) ?? []),
    ];
    return wishes.some((wish) => said.some((stem) => holding(stem).some((item) => isOf(item, wish))));
  }
}

export const isWithin = (path: string, categories: readonly string[]) =>
  categories.some((category) => `${path}${pathMark}`.startsWith(`${category}${pathMark}`));

const isInside = (wish: Wish, { categories }: Wish) =>
  wish.categories.length > 0 && wish.categories.every((path) => isWithin(path, categories));

/** A brand, and nothing of it in particular. */
export const isOfBrand = ({ categories, brands, words, measures }: Wish) =>
  brands.length > 0 && categories.length + words.length + measures.length === 0;
const isThing = ({ categories, words }: Wish) => categories.length + words.length > 0;

/** What says more is said of each wish so far; "and from Wuffi" adds a brand, "from Wuffi" takes the place of another. */
export function refine(
  before: readonly Wish[],
  more: readonly HeardWish[],
  adds: boolean,
  grammar: Grammar,
): Wish[] {
  const brands = [...new Set(more.flatMap((next) => next.brands))];
  return before.map((wish) => {
    const refined = more.reduce((all, next) => join(all, next, grammar), wish);
    return { ...refined, brands: brands.length === 0 || adds ? unite(wish.brands, brands) : brands };
  });
}

function join(wish: Wish, next: HeardWish, grammar: Grammar): Wish {
  const narrowed = narrow(wish, next.narrows, grammar);
  const [categories, added] =
    wish.categories.length > 0 ? [narrowed.categories, narrowed.words] : [next.categories, []];
  return {
    // Brands stand beside what a wish is called.
    text: [wish.text, isOfBrand(next) && isThing(wish) ? '' : next.text].filter(Boolean).join(' '),
    categories,
    brands: wish.brands,
    words: unite(unite(wish.words, next.words), added),
    ...sizesOf(next.measures.length > 0 ? next : wish),
  };
}

/** "Shampoo for curls" – "sorry, conditioner I meant": what was said of the one holds of the other, where some are so. */
export function corrected(before: readonly Wish[], wish: Wish, { lexicon }: Grammar): Wish {
  const [only] = before;
  if (before.length !== 1 || wish.categories.length === 0 || wish.words.length > 0) return wish;
  const isHeld = (word: string) =>
    lexicon
      .stemsOf(word)
      .every((stem) =>
        (lexicon.titles.get(stem) ?? []).some((item) =>
          isWithin(lexicon.categories.of(item)?.path ?? '', wish.categories),
        ),
      );
  const words = only.words.filter(isHeld);
  return {
    ...wish,
    text: [wish.text, ...words].join(' '),
    words,
    brands: wish.brands.length > 0 ? wish.brands : only.brands,
    ...sizesOf(wish.measures.length > 0 ? wish : only),
  };
}

const sizesOf = ({ measures, guessed }: Wish) => ({ measures, ...(guessed ? { guessed } : {}) });

/** Whether for somebody there are some things of a wish alone. */
export function isNarrowed(wish: Wish, { narrows }: HeardWish, grammar: Grammar): boolean {
  const { categories, words } = narrow(wish, narrows, grammar);
  return words.length > 0 || categories !== wish.categories;
}

/** "for my cat" after "toys": the categories of cats among those of toys, else the items that say so. */
function narrow(
  wish: Wish,
  stems: readonly string[],
  { lexicon }: Grammar,
): { categories: string[]; words: string[] } {
  for (const stem of stems) {
    const named = lexicon.categories
      .all()
      .filter(({ path, words }) => wish.categories.includes(path) && words.has(stem));
    if (named.length > 0) return { categories: named.map(({ path }) => path), words: [] };
    const holding = (lexicon.names.get(stem) ?? []).some((item) =>
      isWithin(lexicon.categories.of(item)?.path ?? '', wish.categories),
    );
    if (holding) return { categories: wish.categories, words: [lexicon.form(stem)] };
  }
  return { categories: wish.categories, words: [] };
}

const unite = (a: readonly string[], b: readonly string[]) => [...new Set([...a, ...b])];
