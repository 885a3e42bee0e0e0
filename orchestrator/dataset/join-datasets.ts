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
  const shared = new Set<number>();
  const named = goneByTitle(base, fresh);
  const numberOf = fresh.items.map((item) => {
    const known = numbers.get(item.item_id) ?? (isBare(item) ? named.get(item.title) : undefined);
    if (known === undefined) return items.push(item) - 1;
    items[known] = saysMore(item, items[known]) ? item : items[known];
    shared.add(known);
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
      missingItems: base.items.length - shared.size,
      newUsers,
      missingUsers: base.userIds.length - (fresh.userIds.length - newUsers),
      newEvents: news.reduce((sum, count) => sum + count, 0),
      usersWithNews: news.filter((count) => count > 0).length,
      changedUsers,
    },
  };
}

/**
 * Items of the earlier run that the export does not have, by title, where one has it. Order lines go on to name such a
 * product, perhaps by its SKU where it was known by its handle: it stays the same item.
 */
function goneByTitle(base: Dataset, fresh: Dataset): ReadonlyMap<string, number> {
  const there = new Set(fresh.items.map(({ item_id }) => item_id));
  const named = new Map<string, number | null>();
  for (const [number, { title }] of base.items.entries()) named.set(title, named.has(title) ? null : number);
  const isGone = (entry: [string, number | null]): entry is [string, number] =>
    entry[0] !== '' && entry[1] !== null && !there.has(base.items[entry[1]].item_id);
  return new Map([...named].filter(isGone));
}

/** A log may go on to name an item that is no longer in the catalogue's file: nothing but its name is then known. */
function isBare({ description, categories, brand, keywords, attributes }: Item): boolean {
  return (
    description === '' && categories.length === 0 && brand === '' && keywords.length === 0 && !attributes
  );
}

function saysMore(item: Item, before: Item): boolean {
  return !isBare(item) || (item.title !== '' && isBare(before));
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
