import type { Item } from '../../dataset/types.ts';
import { wordsOf } from '../../embedding/semantic/words.ts';
import { titleOf } from '../../prompts/item-text.ts';
import type { Pieces } from '../../shared/pieces.ts';
import { pathMark } from '../catalogue/categories.ts';

/** What answers of a language model are checked against, and what it is told of the catalogue. */
export interface CatalogueFacts {
  /** As it is shown; undefined for an unknown id. */
  titleOf(id: string): string | undefined;
  /** Paths, `Pets > Dogs > Toys`, each with the places above it. */
  categories: Names;
  brands: Names;
  /** Attributes of the items, `price` and `stock` among them where the items have some. */
  attributes: Names;
  /** The value of an attribute as the catalogue writes it; undefined for one that no item has. */
  valueOf(attribute: string, value: string): string | undefined;
  /** Whether any item has this word, in the singular or in the plural. */
  hasWord(word: string): boolean;
}

export interface Names {
  /** The most frequent ones first. */
  all: readonly string[];
  /** As the catalogue writes it; undefined for what it does not have. Upper and lower case count the same. */
  find(name: string): string | undefined;
}

const itemsAtOnce = 200;

/** In pieces: all texts are read. */
export function* createCatalogueFacts(items: readonly Item[]): Pieces<CatalogueFacts> {
  const byId = new Map(items.map((item) => [item.item_id, item]));
  const brands = new Map<string, number>();
  const paths = new Map<string, number>();
  const values = new Map<string, Map<string, string>>();
  const words = new Set<string>();
  for (const [number, item] of items.entries()) {
    if (number % itemsAtOnce === 0) yield;
    if (item.brand.trim()) count(brands, item.brand.trim());
    const parts = item.categories.flatMap((each) => each.split('>')).flatMap((part) => part.trim() || []);
    for (const at of parts.keys()) count(paths, parts.slice(0, at + 1).join(pathMark));
    for (const [name, value] of Object.entries(item.attributes ?? {})) {
      const known = values.get(name) ?? new Map<string, string>();
      values.set(name, known);
      for (const each of [value].flat()) known.set(comparable(String(each)), String(each));
    }
    for (const word of wordsOf(textOf(item))) words.add(word);
  }
  const attributes = namesOf(new Map([...values].map(([name, known]) => [name, known.size])));
  return {
    titleOf: (id) => {
      const item = byId.get(id);
      return item && titleOf(item);
    },
    categories: namesOf(paths, lastPart),
    brands: namesOf(brands),
    attributes,
    valueOf: (attribute, value) => values.get(attribute)?.get(comparable(value)),
    hasWord: (word) => formsOf(word).some((form) => words.has(form)),
  };
}

function textOf({ title, description, brand, categories, keywords, attributes = {} }: Item): string {
  const values = Object.values(attributes).flat().map(String);
  return [title, description, brand, ...categories, ...keywords, ...values].join(' ');
}

/** `short`: another name, which finds where only one has it. */
function namesOf(counts: ReadonlyMap<string, number>, short = (name: string) => name): Names {
  const all = [...counts].sort(([, one], [, other]) => other - one).map(([name]) => name);
  const whole = new Map(all.map((name) => [comparable(name), name]));
  const others = new Map<string, string | undefined>();
  for (const name of all) {
    const key = comparable(short(name));
    others.set(key, others.has(key) ? undefined : name);
  }
  return { all, find: (name) => whole.get(comparable(name)) ?? others.get(comparable(name)) };
}

function lastPart(path: string): string {
  return path.split(pathMark).at(-1) ?? path;
}

function comparable(text: string): string {
  return text.trim().replace(/\s+/g, ' ').toLowerCase();
}

function formsOf(word: string): string[] {
  return [word, `${word}s`, word.replace(/s$/, ''), word.replace(/es$/, ''), word.replace(/ies$/, 'y')];
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
