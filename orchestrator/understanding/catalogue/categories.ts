import { type Token, tokensOf } from '../words/tokens.ts';

/** A category with its whole path. */
export interface Category {
  path: string;
  /** Stems of its own name, each alternative alone: "Litter & Toys" is `litter` or `toy`. */
  names: string[][];
  /** Stems of the whole path. */
  words: Set<string>;
  parent: Category | null;
  children: Category[];
  /** All below it too. */
  items: number[];
}

export interface Categories {
  add(path: readonly string[], item: number): void;
  /** The innermost category of an item. */
  of(item: number): Category | null;
  all(): Category[];
  /** Categories with this word in their own name. */
  named(stem: string): Category[];
}

export const pathMark = ' > ';
const mostDepth = 8;
const mostCategories = 20_000;

export function createCategories(): Categories {
  const byPath = new Map<string, Category>();
  const byWord = new Map<string, Category[]>();
  const ofItem: (Category | null)[] = [];
  const get = (path: readonly string[]): Category | null => {
    const joined = path.join(pathMark);
    const known = byPath.get(joined);
    if (known || path.length === 0 || byPath.size >= mostCategories) return known ?? null;
    const parent = get(path.slice(0, -1));
    const names = alternatives(tokensOf(path.at(-1) ?? ''));
    const category: Category = {
      path: joined,
      names,
      parent,
      children: [],
      items: [],
      words: new Set([...(parent?.words ?? []), ...names.flat()]),
    }; // prettier-ignore
    parent?.children.push(category);
    byPath.set(joined, category);
    for (const stem of new Set(names.flat())) {
      const same = byWord.get(stem);
      if (same) same.push(category);
      else byWord.set(stem, [category]);
    }
    return category;
  };
  return {
    add(path, item) {
      const category = get(path.slice(0, mostDepth));
      ofItem[item] = category;
      for (let at = category; at; at = at.parent) at.items.push(item);
    },
    of: (item) => ofItem[item] ?? null,
    all: () => [...byPath.values()],
    named: (stem) => byWord.get(stem) ?? [],
  };
}

/** "Filters & Brewing" names two things. */
function alternatives(tokens: readonly Token[]): string[][] {
  const names: string[][] = [[]];
  for (const { kind, word, stem } of tokens) {
    if (kind === 'sign' || word === 'and') names.push([]);
    else names.at(-1)?.push(stem);
  }
  return names.filter((name) => name.length > 0);
}
