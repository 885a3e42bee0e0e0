import type { Continued, Dataset, Item } from './types.ts';

/**
 * A dataset with more items at its end, which nobody has bought yet; all else stays. Items that it has already are left
 * as they are, and counted.
 */
export function addItems(
  base: Dataset,
  items: readonly Item[],
): { dataset: Dataset & { continued: Continued }; known: number } {
  const own = new Set(base.items.map(({ item_id }) => item_id));
  const added = items.filter(({ item_id }) => !own.has(item_id));
  return {
    dataset: {
      ...base,
      items: [...base.items, ...added],
      continued: {
        items: base.items.length,
        codedFirst: base.continued?.codedFirst ?? base.items.length,
        learned: base.trainEnd,
      },
    },
    known: items.length - added.length,
  };
}
