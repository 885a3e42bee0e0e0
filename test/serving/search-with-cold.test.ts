import test from 'ava';
import type { Candidates } from '../../orchestrator/decoding/candidates.ts';
import { type ColdPlacing, coldPlacesIn } from '../../orchestrator/decoding/mix-cold.ts';
import type { Spread } from '../../orchestrator/serving/rules/diversity.ts';
import type { Search } from '../../orchestrator/serving/search/search-list.ts';
import { type ColdSearch, searchWithCold } from '../../orchestrator/serving/search/search-with-cold.ts';
import type { Wanted } from '../../orchestrator/serving/search/wanted.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';

const all = Array.from({ length: 60 }, (_, item) => item);
const random = createRandom(1, 'search-with-cold');
const scores = all.map(() => Math.log(random.float()));
const isCold = (item: number) => item % 4 === 3;

/** Finds the best of the candidates among those that it knows. */
function searchOf(isOwn: (item: number) => boolean, width: number): Search & { rounds: number } {
  const search = {
    width,
    rounds: 0,
    async look(asked: readonly (Candidates | null)[]) {
      search.rounds++;
      return asked.map((candidates) =>
        all
          .filter((item) => (candidates?.only?.has(item) ?? true) && !candidates?.without?.has(item))
          .filter(isOwn)
          .sort((a, b) => scores[b] - scores[a])
          .slice(0, width)
          .map((item) => ({ items: [item], score: scores[item] })),
      );
    },
  };
  return search;
}

const within = (allowed: ReadonlySet<number> | null, own: (item: number) => boolean) =>
  new Set(all.filter((item) => own(item) && (allowed?.has(item) ?? true)));

async function listOf(wanted: Wanted, placing: ColdPlacing, width = 5) {
  const search = searchOf(() => true, width);
  const dense = searchOf(isCold, width);
  const cold: ColdSearch = {
    search: dense,
    placing,
    cold: (allowed) => within(allowed, isCold),
    others: (allowed) => within(allowed, (item) => !isCold(item)),
  };
  const found = await searchWithCold(wanted, search, cold);
  return { found, items: found.map(({ item }) => item), coldRounds: dense.rounds };
}

const plain: Wanted = {
  k: 10,
  excluded: new Set(),
  groups: [],
  allowed: null,
  boosted: [],
  spread: null,
};
const tens = (max: number): Spread => ({
  max,
  groupsOf: (item) => [String(Math.floor(item / 10))],
  itemsIn: (group) => all.filter((item) => String(Math.floor(item / 10)) === group),
});
const even = new Set(all.filter((item) => item % 4 > 1));
const some = new Set([3, 14, 15, 9, 27, 31, 40]);
const many = new Set(all.filter((item) => item % 3 === 0));
const fitting = (items: ReadonlySet<number>) => [{ items, matched: true }];
const boosted = [{ factor: 9, items: new Set(all.filter((item) => item % 5 === 0)) }];

const cases: Record<string, Partial<Wanted>> = {
  'nothing else': {},
  'k above the catalogue': { k: 100 },
  'only some are allowed': { k: 20, allowed: even },
  'only cold ones are allowed': { allowed: within(null, isCold) },
  'no cold one is allowed': { allowed: within(null, (item) => !isCold(item)) },
  'excluded items': { excluded: even },
  'some match': { groups: fitting(some) },
  'matches fill the list': { groups: fitting(many) },
  'two groups, one of which fits': {
    groups: [
      { items: many, matched: true },
      { items: even, matched: false },
    ],
  },
  'some are boosted': { boosted },
  'two of a group': { spread: tens(2) },
  'one of a group, fewer groups than places': { spread: tens(1) },
  'everything together': {
    k: 8,
    excluded: new Set([3, 4]),
    groups: fitting(many),
    allowed: new Set(all.slice(0, 45)),
    boosted,
    spread: tens(2),
  },
};

/** 0 for the first group; as many as there are for what is in none. */
const groupOf = (item: number, { groups }: Wanted) => {
  const own = groups.findIndex(({ items }) => items.has(item));
  return own < 0 ? groups.length : own;
};
const orderOf = (item: number, wanted: Wanted) =>
  scores[item] -
  groupOf(item, wanted) * 1e6 +
  Math.log(wanted.boosted.find((each) => each.items.has(item))?.factor ?? 1);

/** The first k of items in their order that the spread admits behind those that stand already. */
function pick(items: number[], k: number, wanted: Wanted, standing: number[] = []): number[] {
  const counts = new Map<string, number>();
  const take = (item: number) => {
    for (const group of wanted.spread?.groupsOf(item) ?? []) counts.set(group, (counts.get(group) ?? 0) + 1);
  };
  standing.forEach(take);
  const picked: number[] = [];
  for (const item of items) {
    if (picked.length === k) break;
    const groups = wanted.spread?.groupsOf(item) ?? [];
    if (groups.some((group) => (counts.get(group) ?? 0) >= (wanted.spread?.max ?? 0))) continue;
    take(item);
    picked.push(item);
  }
  return picked;
}

/** All items that may stand in the list, the best first. */
function sorted(wanted: Wanted, ahead: (item: number) => number = () => 0): number[] {
  return all
    .filter((item) => !wanted.excluded.has(item) && (wanted.allowed?.has(item) ?? true))
    .sort((a, b) => orderOf(b, wanted) + ahead(b) - orderOf(a, wanted) - ahead(a));
}

for (const [name, given] of Object.entries(cases)) {
  const wanted = { ...plain, ...given };
  test(`by probability, of two that add up, the list is the one that all scores give: ${name}`, async (t) => {
    const own = sorted(wanted, (item) => (isCold(item) ? Math.log(2) : 0));
    const expected = pick(own, wanted.k, wanted);
    t.deepEqual((await listOf(wanted, 'by-probability', all.length)).items, expected);
    // What one search has not found has nothing there: the order may differ, but nothing else.
    const { items } = await listOf(wanted, 'by-probability', 5);
    t.is(new Set(items).size, expected.length);
    t.true(items.every((item) => own.includes(item)));
    t.deepEqual(pick(items, wanted.k, wanted), items);
  });

  test(`behind: the list is the one where cold items come last: ${name}`, async (t) => {
    const behind = sorted(wanted, (item) => (isCold(item) ? -1e5 : 0));
    t.deepEqual((await listOf(wanted, 'behind')).items, pick(behind, wanted.k, wanted));
  });

  for (const places of [1, 3])
    test(`${places} of ten places hold the best cold items, the others the best others: ${name}`, async (t) => {
      const { items, found } = await listOf(wanted, places);
      const own = sorted(wanted);
      t.is(new Set(items).size, items.length);
      t.true(items.every((item) => own.includes(item)));
      t.is(items.length, pick(own, wanted.k, wanted).length, 'the list is as full as one without places');
      t.deepEqual(
        found.map(({ matched }) => matched),
        items.map((item) => wanted.groups[groupOf(item, wanted)]?.matched ?? false),
      );
      const groups = items.map((item) => groupOf(item, wanted));
      t.deepEqual(groups, groups.toSorted());
      if (wanted.groups.length > 0) return;
      const cold = own.filter(isCold);
      const first = pick(cold, coldPlacesIn(wanted.k, places), wanted);
      const rest = pick(
        own.filter((item) => !isCold(item)),
        wanted.k - first.length,
        wanted,
        first,
      );
      const left = cold.filter((item) => !first.includes(item));
      const more = pick(left, wanted.k - first.length - rest.length, wanted, [...first, ...rest]);
      t.deepEqual(items.filter(isCold), [...first, ...more]);
      t.deepEqual(
        items.filter((item) => !isCold(item)),
        rest,
      );
    });
}

test('places go to cold items that match as long as there are some', async (t) => {
  const { items } = await listOf({ ...plain, groups: fitting(many) }, 2);
  t.deepEqual(
    items.map(isCold),
    items.map((_, place) => place % 5 === 4),
  );
  t.true(items.every((item) => many.has(item)));
});

test('who stands behind is searched for only where the list is not full', async (t) => {
  t.is((await listOf(plain, 'behind', 20)).coldRounds, 0);
  t.true((await listOf({ ...plain, k: 50 }, 'behind', 20)).coldRounds > 0);
});
