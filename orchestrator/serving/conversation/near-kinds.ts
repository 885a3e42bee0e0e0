import type { ItemFields } from '../rules/item-fields.ts';
import type { Group } from '../search/wanted.ts';

/** Kinds of so many items of those that fit are looked at. */
const mostItems = 50;

/**
 * What stands near some items in the catalogue: others of their categories, then of the categories above. A category with
 * half of all items is near to nothing.
 */
export function nearKinds(items: readonly number[], fields: ItemFields): Group[] {
  const paths = [
    ...new Map(items.slice(0, mostItems).map((item) => [fields.pathOf(item), fields.partsOf(item)])).values(),
  ];
  const groups: Group[] = [];
  const deepest = Math.max(0, ...paths.map(({ length }) => length));
  for (let up = 0; up < deepest; up++) {
    const near = new Set<number>();
    for (const parts of paths)
      if (parts.length > up)
        for (const item of fields.itemsWith('category', parts.slice(0, parts.length - up).join(' > ')))
          near.add(item);
    if (2 * near.size > fields.size) break;
    groups.push({ items: near, matched: false });
  }
  return groups;
}
