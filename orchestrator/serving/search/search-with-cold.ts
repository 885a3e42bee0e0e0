import { beamsFindCold, type ColdPlacing, coldPlacesIn, placeCold } from '../../decoding/mix-cold.ts';
import type { Found } from './pick-items.ts';
import { type Search, searchList, searchShelves } from './search-list.ts';
import { shelvesOf } from './shelves.ts';
import type { Wanted } from './wanted.ts';

/** How cold items are searched for, and which they are. */
export interface ColdSearch {
  search: Search;
  placing: ColdPlacing;
  /** Of the allowed items (null: of all) the cold ones, and the others. */
  cold(allowed: ReadonlySet<number> | null): ReadonlySet<number>;
  others(allowed: ReadonlySet<number> | null): ReadonlySet<number> | null;
}

/** Beyond any difference of two log probabilities, but less than what is for matches. */
const behindOthers = -1e5;

/** The best k items, where cold ones are looked for by a search of their own, too, and have places of their own. */
export async function searchWithCold(wanted: Wanted, search: Search, own: ColdSearch): Promise<Found[]> {
  if (typeof own.placing === 'number') return searchPlaces(wanted, search, own, own.placing);
  const { allowed } = wanted;
  const looked = beamsFindCold(own.placing) ? allowed : own.others(allowed);
  const ahead = own.placing === 'behind' ? behindOthers : 0;
  return searchShelves(wanted, [
    { search, shelves: shelvesOf({ ...wanted, allowed: looked }) },
    { search: own.search, shelves: shelvesOf({ ...wanted, allowed: own.cold(allowed) }, ahead) },
  ]);
}

/** What is in an earlier group comes first here, too: the places are those of its own items as long as there are some. */
async function searchPlaces(wanted: Wanted, search: Search, own: ColdSearch, places: number) {
  const { k, groups, excluded, allowed } = wanted;
  const placed = new Set<number>();
  const list: Found[] = [];
  for (const { items, matched } of groups) {
    const within = new Set([...items].filter((item) => !placed.has(item) && (allowed?.has(item) ?? true)));
    for (const item of items) placed.add(item);
    const narrow = { ...wanted, k: k - list.length, allowed: within, groups: [] };
    const found = within.size > 0 ? await fillPlaces(narrow, list, search, own, places) : [];
    list.push(...found.map((each): Found => ({ ...each, matched })));
    if (list.length >= k) return list;
  }
  const rest = {
    ...wanted,
    k: k - list.length,
    groups: [],
    excluded: placed.size > 0 ? new Set([...excluded, ...placed]) : excluded,
  };
  return [...list, ...(await fillPlaces(rest, list, search, own, places))];
}

/** `before`: what stands in the list already. One kind takes the places that the other one cannot fill. */
async function fillPlaces(
  wanted: Wanted,
  before: readonly Found[],
  search: Search,
  { search: dense, cold, others }: ColdSearch,
  places: number,
): Promise<Found[]> {
  const { k, allowed, excluded } = wanted;
  const find = async (
    own: Search,
    within: ReadonlySet<number> | null,
    most: number,
    found: readonly Found[],
  ) =>
    most > 0
      ? await searchList(
          {
            ...wanted,
            k: most,
            allowed: within,
            excluded: new Set([...excluded, ...found.map(({ item }) => item)]),
            standing: [...before, ...found],
          },
          own,
        )
      : [];
  const theirs = coldPlacesIn(before.length + k, places) - coldPlacesIn(before.length, places);
  const first = await find(dense, cold(allowed), theirs, []);
  const rest = await find(search, others(allowed), k - first.length, first);
  const more = await find(dense, cold(allowed), k - first.length - rest.length, [...first, ...rest]);
  return placeCold(rest, [...first, ...more], places, before.length);
}
