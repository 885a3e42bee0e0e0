import type { ItemFields } from './item-fields.ts';

/** Items with any of some values of a field. */
export function itemsWithAny(fields: ItemFields, field: string, values: readonly string[]): Set<number> {
  return new Set(values.flatMap((value) => fields.itemsWith(field, value)));
}

/** Whether a number of an item lies in a range; never that of an item without the number, which compares as NaN. */
export function isWithinRange(
  fields: ItemFields,
  field: string,
  { min = -Infinity, max = Infinity }: { min?: number | undefined; max?: number | undefined },
): (item: number) => boolean {
  const numbers = fields.numbers(field);
  return (item) => numbers[item] >= min && numbers[item] <= max;
}
