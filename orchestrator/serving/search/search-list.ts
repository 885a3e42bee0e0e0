import { addLogs } from '../../decoding/add-logs.ts';
import type { Candidates } from '../../decoding/candidates.ts';
import type { RankedCode } from '../../evaluation/evaluate-lists.ts';
import type { Spread } from '../rules/diversity.ts';
import { type Found, pickItems } from './pick-items.ts';
import { beforeAll, type Shelf, shelvesOf } from './shelves.ts';
import type { Wanted } from './wanted.ts';

/** Searches among each of the candidates; null for all items. */
export interface Search {
  /** A list for each, best first, at most as long as the search is wide. */
  look(candidates: readonly (Candidates | null)[]): Promise<RankedCode[][]>;
  /** The longest list of codes; a shorter one has all that there are. */
  width: number;
}

/** Every round but the last brings an item at least, or ends a shelf. */
const mostRounds = 120;

/** Shelves that one search looks through. */
export interface Searched {
  search: Search;
  shelves: readonly Shelf[];
}

/** The best k items of one search; see `searchShelves`. */
export async function searchList(wanted: Wanted, search: Search): Promise<Found[]> {
  return searchShelves(wanted, [{ search, shelves: shelvesOf(wanted) }]);
}

/**
 * The best k items, shorter only where there are no others. Items that count differently stand on shelves of their own,
 * each searched for itself: so what is boosted, or matches, is found wherever it stands in the list of all. A list that is
 * not full yet, because a search is narrower than k or because kinds of items have come often enough, is searched
 * for again without all that has come, until nothing that is still to be found could come before its last item. What two
 * searches find has the sum of both probabilities; where one has not found it, it has none there.
 */
export async function searchShelves(wanted: Wanted, searched: readonly Searched[]): Promise<Found[]> {
  const { spread, standing = [] } = wanted;
  const k = wanted.k + standing.length;
  const shelves = searched.flatMap((own) => own.shelves);
  // Those that stand in the list already come first, and are not given again.
  let found = standing.map((each): Found => ({ ...each, order: Number.MAX_VALUE }));
  let picked = [...found];
  if (spread) for (const shelf of shelves) leaveFullGroups(shelf, picked, spread);
  for (let round = 0; round < mostRounds; round++) {
    const last = picked.length < k ? -Infinity : picked[k - 1].order;
    const open = shelves.filter(({ isOpen, bound }) => isOpen && bound > last);
    if (open.length === 0) break;
    const asked = round === 0 ? firstAsked(open, wanted) : open;
    found = foundOnce([...found, ...(await lookThrough(asked, searched))]);
    picked = pickItems(found, k, spread);
    if (spread) for (const shelf of shelves) leaveFullGroups(shelf, picked, spread);
  }
  return picked.slice(standing.length);
}

async function lookThrough(asked: readonly Shelf[], searched: readonly Searched[]): Promise<Found[]> {
  const found = searched.map(async ({ search: { look, width }, shelves }) => {
    const own = asked.filter((shelf) => shelves.includes(shelf));
    if (own.length === 0) return [];
    const lists = await look(own.map(candidatesOf));
    return own.flatMap((shelf, at) => take(shelf, lists[at], width));
  });
  return (await Promise.all(found)).flat();
}

function foundOnce(found: readonly Found[]): Found[] {
  const byItem = new Map<number, Found>();
  for (const each of found) {
    const same = byItem.get(each.item);
    byItem.set(each.item, same ? bothOf(same, each) : each);
  }
  return [...byItem.values()];
}

function bothOf(one: Found, other: Found): Found {
  const score = addLogs(one.score, other.score);
  return { ...one, score, order: one.order + score - one.score };
}

/** Where the first groups alone may fill the list, the others wait; so do shelves that stand behind all others. */
function firstAsked(all: readonly Shelf[], { k, groups }: Wanted): readonly Shelf[] {
  const ahead = all.filter((shelf) => !shelf.behind);
  const open = ahead.length > 0 ? ahead : all;
  if (groups.length === 0) return open;
  const asked: Shelf[] = [];
  let items = 0;
  for (const shelf of [...open].sort((a, b) => b.first - a.first)) {
    // Shelves of one group differ by their factors only.
    const isSameGroup = Math.abs((asked.at(-1)?.first ?? Infinity) - shelf.first) < beforeAll / 2;
    if (items >= k && !isSameGroup) break;
    asked.push(shelf);
    items += shelf.only?.size ?? 0;
  }
  return asked;
}

function candidatesOf({ only, without }: Shelf): Candidates | null {
  if (only) return without.size > 0 ? { only, without } : { only };
  return without.size > 0 ? { without } : null;
}

/** What a search has found on a shelf; the next one leaves it out. */
function take(shelf: Shelf, codes: readonly RankedCode[], width: number): Found[] {
  const { matched, factor, first } = shelf;
  const found = codes.flatMap(({ items, score }) =>
    Array.from(items, (item): Found => ({ item, score, matched, factor, order: first + score })),
  );
  for (const { item } of found) shelf.without.add(item);
  shelf.isOpen = codes.length >= width;
  shelf.bound = found.at(-1)?.order ?? -Infinity;
  return found;
}

/** A group is left out once it is full, and what is still on the shelf could not take a place in it. */
function leaveFullGroups(shelf: Shelf, picked: readonly Found[], { max, groupsOf, itemsIn }: Spread): void {
  const counts = new Map<string, number>();
  for (const { item, order } of picked)
    for (const group of groupsOf(item)) {
      const count = (counts.get(group) ?? 0) + 1;
      counts.set(group, count);
      if (count === max && shelf.bound <= order && !shelf.leftOut.has(group)) {
        shelf.leftOut.add(group);
        for (const other of itemsIn(group)) shelf.without.add(other);
      }
    }
}
