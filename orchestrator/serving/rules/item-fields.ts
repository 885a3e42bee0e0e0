import type { Item } from '../../dataset/types.ts';
import { isNoneLeft } from '../../shared/sold-out.ts';

/** What rules ask of the items of a catalogue, field by field: `category`, `brand`, and every further attribute. */
export interface ItemFields {
  /** Names of all fields, `category` and `brand` first. */
  names(): string[];
  /** The values of an item as texts to compare: lower case. A path counts by each of its parts. */
  valuesOf(field: string, item: number): readonly string[];
  /** [items] NaN where an item has no such number. */
  numbers(field: string): Float64Array;
  /** Whether the data say that none is left. */
  isSoldOut(item: number): boolean;
  /** Items with this value, in the order of the catalogue; of a category `A > B`, those whose path holds both in a row. */
  itemsWith(field: string, value: string): readonly number[];
  /** The parts of an item's category path, from general to special. */
  partsOf(item: number): readonly string[];
  /** The categories of an item as one path, its most special place; empty where it has none. */
  pathOf(item: number): string;
  /** Items at this place. */
  itemsAt(path: string): readonly number[];
  /** Number of items. */
  size: number;
}

const arrow = ' > ';

/** What is computed for a field is kept: each is gone through once, at the first request that names it. */
export function createItemFields(items: readonly Item[]): ItemFields {
  const byValue = new Map<string, Map<string, number[]>>();
  const byNumber = new Map<string, Float64Array>();
  let names: string[] | undefined;
  let stock: Float64Array | undefined;
  let paths: Map<string, number[]> | undefined;
  const itemsBy = (field: string) => {
    const known = byValue.get(field) ?? grouped(items, (item) => fieldValues(item, field));
    byValue.set(field, known);
    return known;
  };
  const numbers = (field: string) => {
    const known = byNumber.get(field) ?? Float64Array.from(items, (item) => fieldNumber(item, field));
    byNumber.set(field, known);
    return known;
  };
  return {
    size: items.length,
    names() {
      names ??= [
        ...new Set([
          'category',
          'brand',
          ...items.flatMap(({ attributes }) => Object.keys(attributes ?? {})),
        ]),
      ];
      return names;
    },
    valuesOf: (field, item) => fieldValues(items[item], field),
    numbers,
    isSoldOut(item) {
      stock ??= numbers('stock');
      return isNoneLeft(stock[item]);
    },
    itemsWith(field, value) {
      const parts = field === 'category' ? partsOf([value]) : [comparable(value)];
      const withLast = itemsBy(field).get(parts[parts.length - 1]) ?? [];
      if (parts.length < 2) return withLast;
      const path = `${arrow}${parts.join(arrow)}${arrow}`;
      return withLast.filter((item) =>
        `${arrow}${partsOf(items[item].categories).join(arrow)}${arrow}`.includes(path),
      );
    },
    partsOf: (item) => partsOf(items[item].categories),
    pathOf: (item) => partsOf(items[item].categories).join(arrow),
    itemsAt(path) {
      paths ??= grouped(items, ({ categories }) => [partsOf(categories).join(arrow)]);
      return paths.get(path) ?? [];
    },
  };
}

/** A source may give a path as one text. */
function partsOf(categories: readonly string[]): string[] {
  return categories.flatMap((category) => category.split('>').map(comparable)).filter(Boolean);
}

function fieldValues(item: Item, field: string): string[] {
  if (field === 'category') return partsOf(item.categories);
  if (field === 'brand') return [comparable(item.brand)].filter(Boolean);
  const value = attributeOf(item, field);
  return value === undefined ? [] : [value].flat().map((each) => comparable(String(each)));
}

function fieldNumber(item: Item, field: string): number {
  const value = attributeOf(item, field);
  return typeof value === 'number' ? value : Number.NaN;
}

function attributeOf({ attributes = {} }: Item, field: string) {
  return Object.hasOwn(attributes, field) ? attributes[field] : undefined;
}

function comparable(text: string): string {
  return text.trim().toLowerCase();
}

function grouped(items: readonly Item[], valuesOf: (item: Item) => string[]): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const [number, item] of items.entries())
    for (const value of new Set(valuesOf(item))) {
      const own = groups.get(value);
      if (own) own.push(number);
      else groups.set(value, [number]);
    }
  return groups;
}
