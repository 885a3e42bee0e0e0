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

/**
 * The best k items, shorter only where there are no others. Items that count differently stand on shelves of their own,
 * each searched for itself: so what is boosted, or matches, is found wherever it stands in the list of all. A list that is
 * not full yet, because the search is narrower than k or because kinds of items have come often enough, is searched
 * for again without all that has come, until nothing that is still to be found could come before its last item.
 */
export async function searchList(wanted: Wanted, { look, width }: Search): Promise<Found[]> {
  const { k, spread } = wanted;
  const shelves = shelvesOf(wanted);
  const found: Found[] = [];
  let picked: Found[] = [];
  for (let round = 0; round < mostRounds; round++) {
    const last = picked.length < k ? -Infinity : picked[k - 1].order;
    const open = shelves.filter(({ isOpen, bound }) => isOpen && bound > last);
    if (open.length === 0) break;
    const asked = round === 0 ? firstAsked(open, wanted) : open;
    const lists = await look(asked.map(candidatesOf));
    for (const [at, shelf] of asked.entries()) found.push(...take(shelf, lists[at], width));
    picked = pickItems(found, k, spread);
    if (spread) for (const shelf of shelves) leaveFullGroups(shelf, picked, spread);
  }
  return picked;
}

/** Where the first groups alone may fill the list, the others wait. */
function firstAsked(open: Shelf[], { k, groups }: Wanted): Shelf[] {
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
