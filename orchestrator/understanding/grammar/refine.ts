import { pathMark } from '../catalogue/categories.ts';
import { holds } from '../catalogue/find-things.ts';
import type { Wish } from '../intent.ts';
import type { Grammar } from './grammar.ts';
import type { HeardWish } from './heard.ts';

/** Whether a wish that could stand alone says more about those before: "salmon" after "dog food". */
export function saysMore(before: readonly Wish[], next: HeardWish, { lexicon }: Grammar): boolean {
  if (!next.complete) return true;
  if (next.brands.length > 0 || next.words.length === 0) return false;
  const stems = next.words.flatMap(lexicon.stemsOf);
  return before.some((wish) => {
    const same =
      next.categories.length > 0 && next.categories.every((path) => isWithin(path, wish.categories));
    const all = [...stems, ...wish.words.flatMap(lexicon.stemsOf)];
    return (
      same &&
      itemsOf(lexicon.titles.get(stems[0]) ?? [], wish).some((item) =>
        all.every((stem) => holds(lexicon, item, stem)),
      )
    );
  });

  function itemsOf(items: readonly number[], wish: Wish): number[] {
    return items.filter((item) => isWithin(lexicon.categories.of(item)?.path ?? '', wish.categories));
  }
}

export const isWithin = (path: string, categories: readonly string[]) =>
  categories.some((category) => `${path}${pathMark}`.startsWith(`${category}${pathMark}`));

/** What says more is said of each wish so far. */
export function refine(before: readonly Wish[], more: readonly HeardWish[], grammar: Grammar): Wish[] {
  return before.map((wish) => more.reduce((refined, next) => join(refined, next, grammar), wish));
}

function join(wish: Wish, next: HeardWish, grammar: Grammar): Wish {
  const narrowed = narrow(wish, next.narrows, grammar);
  const [categories, added] =
    wish.categories.length > 0 ? [narrowed.categories, narrowed.words] : [next.categories, []];
  return {
    text: [wish.text, next.text].filter(Boolean).join(' '),
    categories,
    brands: next.brands.length > 0 ? next.brands : wish.brands,
    words: unite(unite(wish.words, next.words), added),
    measures: next.measures.length > 0 ? next.measures : wish.measures,
  };
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
