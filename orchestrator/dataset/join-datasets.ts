import type { Continued, Dataset, Item } from './types.ts';

/** How a new export differs from what an earlier run was trained on. */
export interface Difference {
  newItems: number;
  /** Items of the earlier run that the export does not have; they keep their numbers. */
  missingItems: number;
  newUsers: number;
  missingUsers: number;
  /** Training events that were not learned yet, and users who have some. */
  newEvents: number;
  usersWithNews: number;
  /** Users whose events no longer begin with those that were learned. */
  changedUsers: number;
}

/**
 * A new export, with the items of an earlier run first and in their order, so that codes go on to mean them; new items
 * follow in the order of the export. Users and events are those of the export. What it says of an old item replaces
 * what was known.
 */
export function joinDatasets(
  base: Dataset,
  fresh: Dataset,
): { dataset: Dataset & { continued: Continued }; difference: Difference } {
  const numbers = new Map(base.items.map(({ item_id }, number) => [item_id, number]));
  const items: Item[] = [...base.items];
  let shared = 0;
  const numberOf = fresh.items.map((item) => {
    const known = numbers.get(item.item_id);
    if (known === undefined) return items.push(item) - 1;
    items[known] = hasContent(item) ? item : items[known];
    shared++;
    return known;
  });
  const events = fresh.events.map((item) => numberOf[item]);
  const dataset = { ...fresh, items, events };
  const { learned, newUsers, changedUsers } = learnedOf(base, dataset);
  const news = fresh.userIds.map((_, user) => fresh.trainEnd[user] - learned[user]);
  const codedFirst = base.continued?.codedFirst ?? base.items.length;
  return {
    dataset: { ...dataset, continued: { items: base.items.length, codedFirst, learned } },
    difference: {
      newItems: items.length - base.items.length,
      missingItems: base.items.length - shared,
      newUsers,
      missingUsers: base.userIds.length - (fresh.userIds.length - newUsers),
      newEvents: news.reduce((sum, count) => sum + count, 0),
      usersWithNews: news.filter((count) => count > 0).length,
      changedUsers,
    },
  };
}

/** A log may go on to name an item that is no longer in the catalogue's file. */
function hasContent({ title, description }: Item): boolean {
  return title !== '' || description !== '';
}

function learnedOf(base: Dataset, dataset: Dataset) {
  const users = new Map(base.userIds.map((id, user) => [id, user]));
  let [newUsers, changedUsers] = [0, 0];
  const learned = Int32Array.from(dataset.userIds, (id, user) => {
    const start = dataset.offsets[user];
    const before = users.get(id);
    if (before === undefined) {
      newUsers++;
      return start;
    }
    const old = base.events.subarray(base.offsets[before], base.trainEnd[before]);
    const now = dataset.events.subarray(start, dataset.trainEnd[user]);
    const { end, whole } = commonBeginning(old, now, base.items.length);
    if (!whole) changedUsers++;
    return start + end;
  });
  return { learned, newUsers, changedUsers };
}

/** How far `now` repeats `old`. Items from `firstNew` on may stand in between: a filter may have left them out before. */
function commonBeginning(
  old: Int32Array,
  now: Int32Array,
  firstNew: number,
): { end: number; whole: boolean } {
  let matched = 0;
  let end = 0;
  for (let at = 0; at < now.length && matched < old.length; at++) {
    if (now[at] === old[matched]) {
      matched++;
      end = at + 1;
    } else if (now[at] < firstNew) break;
  }
  return { end, whole: matched === old.length };
}
