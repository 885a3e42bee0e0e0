import type { Exclusion, Intent, Limit } from '../../understanding/intent.ts';
import type { ItemFields } from '../rules/item-fields.ts';

/** What all items of an answer have to fulfil, matching or not. */
export interface Conditions {
  /** Null for all items. */
  allowed: ReadonlySet<number> | null;
  /** Limits on what no item of the catalogue says: they restrict nothing. */
  unknown: Limit[];
}

/** `holding` gives the items that hold all words of a phrase. */
export function createConditions(
  fields: ItemFields,
  numberOf: (id: string) => number | undefined,
  holding: (phrase: string) => Iterable<number>,
): (intent: Pick<Intent, 'without' | 'limits'>) => Conditions {
  const closedBy = ({ categories, brands, words, item_ids }: Exclusion): Iterable<number> => {
    const closed = new Set<number>();
    const close = (items: Iterable<number>) => {
      for (const item of items) closed.add(item);
    };
    for (const category of categories) close(fields.itemsWith('category', category));
    for (const brand of brands) close(fields.itemsWith('brand', brand));
    close(item_ids.map(numberOf).filter((item) => item !== undefined));
    if (closed.size > 0) return closed;
    for (const phrase of words) close(holding(phrase));
    return closed;
  };
  return ({ without, limits }) => {
    const known = limits.filter(({ field }) => isKnown(field, fields));
    const unknown = limits.filter(({ field }) => !isKnown(field, fields));
    if (without.length === 0 && known.length === 0) return { allowed: null, unknown };
    const closed = new Set<number>();
    for (const exclusion of without) for (const item of closedBy(exclusion)) closed.add(item);
    const holds = known.map((limit) => holdsFor(limit, fields));
    const allowed = new Set<number>();
    for (let item = 0; item < fields.size; item++)
      if (!closed.has(item) && holds.every((fulfils) => fulfils(item))) allowed.add(item);
    return { allowed, unknown };
  };
}

function isKnown(field: string, fields: ItemFields): boolean {
  return fields.names().includes(field);
}

function holdsFor({ field, min, max, values }: Limit, fields: ItemFields): (item: number) => boolean {
  const numbers = fields.numbers(field);
  const fitting = new Set(values.flatMap((value) => fields.itemsWith(field, value)));
  // A comparison with NaN, of an item without the number, never holds.
  const inRange = (item: number) => numbers[item] >= (min ?? -Infinity) && numbers[item] <= (max ?? Infinity);
  const hasRange = min !== null || max !== null;
  return (item) => (!hasRange || inRange(item)) && (values.length === 0 || fitting.has(item));
}
