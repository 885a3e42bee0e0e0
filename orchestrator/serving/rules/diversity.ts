import type { Diversity } from '../contract/rules.ts';
import { checkField } from './check-field.ts';
import type { ItemFields } from './item-fields.ts';

/** A list may hold at most so many items of each group. */
export interface Spread {
  max: number;
  /** None for an item without a value: it is not limited. */
  groupsOf(item: number): readonly string[];
  itemsIn(group: string): readonly number[];
}

/**
 * Groups of items by a field. `category` means the whole path, the most special place: three shampoos, not three things of
 * Beauty. Throws a UserError for an attribute that no item has.
 */
export function spreadOf({ by, max }: Diversity, fields: ItemFields): Spread {
  checkField(fields, by, 'diversity.by');
  if (by !== 'category')
    return {
      max,
      groupsOf: (item) => fields.valuesOf(by, item),
      itemsIn: (group) => fields.itemsWith(by, group),
    };
  return {
    max,
    groupsOf: (item) => [fields.pathOf(item)].filter(Boolean),
    itemsIn: fields.itemsAt,
  };
}
