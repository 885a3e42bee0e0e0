import type { Exclusion, Intent, Limit } from '../../understanding/intent.ts';
import { itemsWithAny } from '../rules/field-predicates.ts';
import type { ItemFields } from '../rules/item-fields.ts';
import type { ToldAmounts } from './told-amounts.ts';

/** What all items of an answer have to fulfil, matching or not. */
export interface Conditions {
  /** Null for all items. */
  allowed: ReadonlySet<number> | null;
  /** What nothing speaks against but a limit, or that it was shown or had; null for all items. */
  wide: ReadonlySet<number> | null;
  /** How far an item is beyond the limits that are ranges; null where it has no place in any list. */
  beyond(item: number): number | null;
  /** Limits on what no item of the catalogue says: they restrict nothing. */
  unknown: Limit[];
}

/** `holding` gives the items that hold all words of a phrase. */
export function createConditions(
  fields: ItemFields,
  numberOf: (id: string) => number | undefined,
  holding: (phrase: string) => Iterable<number>,
  amounts: ToldAmounts,
): (intent: Pick<Intent, 'without' | 'limits' | 'order'>) => Conditions {
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
  return ({ without, limits, order }) => {
    const isKnown = (limit: Limit) =>
      fields.names().includes(limit.field) || (isRange(limit) && amounts.of(limit.field) !== null);
    const known = limits.filter(isKnown);
    const byPrice = order === 'cheapest' || order === 'dearest' ? [orderAsLimit(order)] : [];
    const unknown = [...limits, ...byPrice].filter((limit) => !isKnown(limit));
    const [closed, hidden] = [new Set<number>(), new Set<number>()];
    for (const exclusion of without)
      for (const item of closedBy(exclusion)) (isOfItems(exclusion) ? hidden : closed).add(item);
    const ranges = known.filter(isRange).map((limit) => distanceFor(limit, amounts));
    const holdsFor = (limit: Limit) => holdingFor(limit, fields, amounts);
    const others = known.filter((limit) => !isRange(limit)).map(holdsFor);
    const beyond = (item: number) => {
      if (closed.has(item) || hidden.has(item) || !others.every((fulfils) => fulfils(item))) return null;
      const distance = ranges.reduce((sum, of) => sum + of(item), 0);
      return Number.isFinite(distance) ? distance : null;
    };
    const wide = closed.size > 0 ? itemsThat(fields.size, (item) => !closed.has(item)) : null;
    if (without.length === 0 && known.length === 0) return { allowed: null, wide, beyond, unknown };
    const holds = known.map(holdsFor);
    const isAllowed = (item: number) =>
      !closed.has(item) && !hidden.has(item) && holds.every((fulfils) => fulfils(item));
    return { allowed: itemsThat(fields.size, isAllowed), wide, beyond, unknown };
  };
}

function itemsThat(size: number, fits: (item: number) => boolean): Set<number> {
  const items = new Set<number>();
  for (let item = 0; item < size; item++) if (fits(item)) items.add(item);
  return items;
}

const isOfItems = ({ item_ids }: Exclusion) => item_ids.length > 0;
/** What is sold out is of no use, a price just above the limit may be. */
const isRange = ({ field, min, max, values }: Limit) =>
  values.length === 0 && (min !== null || max !== null) && field !== 'stock';

/** By which share of a limit an item misses it; 0 where it does not. */
function distanceFor({ field, min, max }: Limit, amounts: ToldAmounts): (item: number) => number {
  const numbers = amounts.of(field);
  return (item) => {
    const value = numbers?.[item] ?? Number.NaN;
    if (Number.isNaN(value)) return Infinity;
    if (max !== null && value > max) return (value - max) / Math.max(1, Math.abs(max));
    return min !== null && value < min ? (min - value) / Math.max(1, Math.abs(min)) : 0;
  };
}

/** An order by price asks for prices, too. */
function orderAsLimit(order: string): Limit {
  return { text: `${order} first`, field: 'price', min: null, max: null, values: [] };
}

function holdingFor(
  { field, min, max, values }: Limit,
  fields: ItemFields,
  amounts: ToldAmounts,
): (item: number) => boolean {
  const fitting = itemsWithAny(fields, field, values);
  const numbers = min !== null || max !== null ? amounts.of(field) : null;
  const isWithin = (value: number) => (min === null || value >= min) && (max === null || value <= max);
  return (item) =>
    (min === null && max === null ? true : isWithin(numbers?.[item] ?? Number.NaN)) &&
    (values.length === 0 || fitting.has(item));
}
