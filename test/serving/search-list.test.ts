import test from 'ava';
import type { Candidates } from '../../orchestrator/decoding/candidates.ts';
import type { BoostedItems } from '../../orchestrator/serving/rules/boosts.ts';
import type { Spread } from '../../orchestrator/serving/rules/diversity.ts';
import { type Search, searchList } from '../../orchestrator/serving/search/search-list.ts';
import type { Group, Wanted } from '../../orchestrator/serving/search/wanted.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';

const items = 60;
const all = Array.from({ length: items }, (_, item) => item);
const random = createRandom(1, 'search-list');
/** log p of each item */
const scores = all.map(() => Math.log(random.float()));

/** A search of some width that finds the best of the candidates, and counts how often it is asked. */
function searchOf(width: number): Search & { rounds: number } {
  const search = {
    width,
    rounds: 0,
    async look(asked: readonly (Candidates | null)[]) {
      search.rounds++;
      return asked.map((candidates) =>
        all
          .filter((item) => (candidates?.only?.has(item) ?? true) && !candidates?.without?.has(item))
          .sort((a, b) => scores[b] - scores[a])
          .slice(0, width)
          .map((item) => ({ items: [item], score: scores[item] })),
      );
    },
  };
  return search;
}

const plain: Wanted = {
  k: 10,
  excluded: new Set(),
  groups: [],
  allowed: null,
  boosted: [],
  spread: null,
};
/** Groups of ten: 0 to 9, 10 to 19, … */
const tens = (max: number): Spread => ({
  max,
  groupsOf: (item) => [String(Math.floor(item / 10))],
  itemsIn: (group) => all.filter((item) => String(Math.floor(item / 10)) === group),
});

function matching(items: ReadonlySet<number>): Group {
  return { items, matched: true };
}

/** The same list, from the scores of all items. */
function expected({ k, excluded, groups, allowed, boosted, spread }: Wanted): number[] {
  const placeOf = (item: number) => {
    const place = groups.findIndex(({ items: own }) => own.has(item));
    return place < 0 ? groups.length : place;
  };
  const orderOf = (item: number) =>
    scores[item] +
    1e6 * (groups.length - placeOf(item)) +
    Math.log(boosted.find((each) => each.items.has(item))?.factor ?? 1);
  const counts = new Map<string, number>();
  return all
    .filter((item) => !excluded.has(item) && (allowed?.has(item) ?? true))
    .sort((a, b) => orderOf(b) - orderOf(a))
    .filter((item) => {
      const groups = spread?.groupsOf(item) ?? [];
      const isFull = groups.some((group) => (counts.get(group) ?? 0) >= (spread?.max ?? 0));
      if (!isFull) for (const group of groups) counts.set(group, (counts.get(group) ?? 0) + 1);
      return !isFull;
    })
    .slice(0, k);
}

const boosted: BoostedItems[] = [
  { factor: 5, items: new Set(all.filter((item) => item % 7 === 0)) },
  { factor: 0.1, items: new Set(all.filter((item) => item % 7 === 1)) },
];
const even = new Set(all.filter((item) => item % 2 === 0));
const some = new Set([3, 14, 15, 9, 26]);

/** Groups that overlap: an item belongs to the first that has it. */
const groups: Group[] = [
  { items: some, matched: true },
  { items: new Set(all.filter((item) => item % 4 === 2)), matched: true },
  { items: even, matched: false },
];

const cases: Record<string, Partial<Wanted>> = {
  'nothing else': {},
  'k above the width of the search': { k: 45 },
  'k above the catalogue': { k: 100 },
  'only allowed items': { allowed: even, k: 25 },
  'nothing is allowed': { allowed: new Set() },
  'excluded items': { excluded: even },
  'matches first': { groups: [matching(some)] },
  'matches fill the list': { groups: [matching(even)], k: 8 },
  'groups, one after the other': { groups, k: 30 },
  'boosted items within groups': { groups, boosted, k: 30 },
  'boosted items from far down': { boosted },
  'boosted and excluded': { boosted, excluded: some, k: 30 },
  'two of a group': { spread: tens(2) },
  'one of a group: as many as there are groups': { spread: tens(1) },
  'everything together': {
    k: 12,
    groups: [matching(some)],
    allowed: even,
    boosted,
    spread: tens(3),
    excluded: new Set([0, 14]),
  },
};
for (const [name, given] of Object.entries(cases))
  for (const width of [1, 4, 20])
    test(`a search of width ${width} finds the list that all scores give: ${name}`, async (t) => {
      const wanted = { ...plain, ...given };
      const found = await searchList(wanted, searchOf(width));
      t.deepEqual(
        found.map(({ item }) => item),
        expected(wanted),
      );
    });

test('a plain list takes one search; what is boosted is searched for in the same round', async (t) => {
  for (const given of [{}, { boosted }, { groups: [matching(some)] }, { allowed: even }]) {
    const search = searchOf(20);
    await searchList({ ...plain, ...given }, search);
    t.is(search.rounds, 1);
  }
});
