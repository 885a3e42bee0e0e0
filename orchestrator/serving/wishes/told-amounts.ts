import type { Item } from '../../dataset/types.ts';
import { titleOf } from '../../prompts/item-text.ts';
import { amountsIn, unitsOfFact } from '../../understanding/index.ts';
import type { ItemFields } from '../rules/item-fields.ts';
import type { Group } from '../search/wanted.ts';

/** Numbers of items: of attributes, and where there is no such attribute, of what titles measure. */
export interface ToldAmounts {
  /** [items] NaN where an item tells none; null where none does. */
  of(field: string): Float64Array | null;
  /** The same for some of the items, by the measure that most of them tell of a fact: of its size, grams or litres. */
  among(field: string, items: Iterable<number>): ((item: number) => number) | null;
  /** The items of each group by how near their measures are to those asked for. */
  nearest(measures: readonly string[], groups: readonly Group[]): Group[];
}

export function createToldAmounts(items: readonly Item[], fields: ItemFields): ToldAmounts {
  const told = new Map<number, Map<string, number>>();
  const toldBy = (item: number) => {
    const known = told.get(item) ?? amountsIn(titleOf(items[item]));
    told.set(item, known);
    return known;
  };
  const byField = new Map<string, Float64Array | null>();
  const isTold = (numbers: Float64Array) => numbers.some((number) => !Number.isNaN(number));
  const attributeOf = (field: string) => {
    if (!fields.names().includes(field)) return null;
    const numbers = fields.numbers(field);
    const own = isTold(numbers) ? numbers : Float64Array.from(items, (item) => dateOf(item, field));
    return isTold(own) ? own : null;
  };
  const find = (field: string) => {
    const numbers =
      attributeOf(field) ?? Float64Array.from(items, (_, item) => toldBy(item).get(field) ?? Number.NaN);
    return isTold(numbers) ? numbers : null;
  };
  return {
    of(field) {
      const known = byField.get(field);
      const numbers = known === undefined ? find(field) : known;
      byField.set(field, numbers);
      return numbers;
    },
    among(field, some) {
      const own = attributeOf(field);
      if (own) return (item) => own[item];
      const units = Object.hasOwn(unitsOfFact, field) ? unitsOfFact[field] : [];
      const counts = new Map<string, number>();
      for (const item of some)
        for (const unit of toldBy(item).keys())
          if (units.includes(unit)) counts.set(unit, (counts.get(unit) ?? 0) + 1);
      const [most] = [...counts].sort(([, a], [, b]) => b - a);
      return most ? (item) => toldBy(item).get(most[0]) ?? Number.NaN : null;
    },
    nearest(measures, groups) {
      const asked = amountsIn(measures.join(', '));
      const distanceOf = (item: number) =>
        [...asked].reduce((sum, [unit, amount]) => sum + apart(amount, toldBy(item).get(unit)), 0);
      return groups.flatMap(({ items: some, matched }) => {
        const byDistance = new Map<number, Set<number>>();
        for (const item of some) {
          const distance = distanceOf(item);
          byDistance.set(distance, (byDistance.get(distance) ?? new Set()).add(item));
        }
        const sorted = [...byDistance].sort(([a], [b]) => (a === b ? 0 : a - b));
        return sorted.map(([, near]) => ({ items: near, matched }));
      });
    },
  };
}

/** "2026-03-01" and the like, in milliseconds. */
function dateOf({ attributes }: Item, field: string): number {
  const value = attributes?.[field];
  return typeof value === 'string' && /^\d{4}-\d{2}(?:-\d{2})?/.test(value) ? Date.parse(value) : Number.NaN;
}

/** Of 2 and 4, as far as of 4 and 8. */
function apart(asked: number, told: number | undefined): number {
  if (told === undefined) return Infinity;
  return asked > 0 && told > 0 ? Math.abs(Math.log(told / asked)) : Math.abs(told - asked);
}
