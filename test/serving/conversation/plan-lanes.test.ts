import test from 'ava';
import type { Item } from '../../../orchestrator/dataset/types.ts';
import { createPlanner } from '../../../orchestrator/serving/conversation/plan-lanes.ts';
import { popularItems } from '../../../orchestrator/serving/popular/popular-items.ts';
import { createItemFields } from '../../../orchestrator/serving/rules/item-fields.ts';
import { createToldAmounts } from '../../../orchestrator/serving/wishes/told-amounts.ts';
import type { Intent } from '../../../orchestrator/understanding/index.ts';
import { emptyIntent } from '../../understanding/little-shop.ts';

const titles = ['Jug 1 l', 'Jug 500 ml', 'Jug 2 l', 'Jug for Milk', 'Jug 3 l'];
const items: Item[] = titles.map((title, at) => ({
  item_id: title,
  title,
  description: '',
  categories: ['Jugs'],
  brand: '',
  keywords: [],
  attributes: { stock: at === 4 ? 0 : 1, released: `2026-0${at + 1}-15` },
}));
const fields = createItemFields(items);
const likeness = [1, 0.9, 0.8, 0.1, 0];
const events = Int32Array.of(1, 2, 2, 4);
const plan = createPlanner({
  fields,
  amounts: createToldAmounts(items, fields),
  fitWish: async ({ measures }) => ({
    groups: measures.length > 0 ? [] : [{ items: new Set(items.keys()), matched: true }],
    by: 'words',
    isPartial: false,
    wordsOf: () => [],
  }),
  likeness: async () => Float32Array.from(likeness),
  popular: () => popularItems({ items, events }, 28),
});
const wish = (measures: string[]) => ({ text: 'jug', categories: ['Jugs'], brands: [], words: [], measures });
const asked = {
  wide: null,
  beyond: () => null,
  isLimited: true,
  excluded: new Set<number>(),
  liked: [],
  k: 2,
};

test('what is less like than most of the catalogue is not called like it', async (t) => {
  const like = (...allowed: number[]) =>
    plan({ ...asked, intent: emptyIntent, allowed: new Set(allowed), liked: [0] });
  t.deepEqual([...(await like(1, 2, 3)).lanes[0].groups[0].items], [1, 2]);
  const far = await like(3, 4);
  t.true(far.isUnlike);
  t.deepEqual(far.lanes[0].groups, []);
});

async function ordered(order: Intent['order']) {
  const { lanes, unordered } = await plan({
    ...asked,
    intent: { ...emptyIntent, wishes: [wish([])], order },
    allowed: null,
  });
  const [{ order: places, groups }] = lanes;
  const by = places ?? new Float32Array(items.length);
  return [groups.map((group) => [...group.items].sort((a, b) => by[a] - by[b])), unordered] as const;
}

test('by a fact that titles measure, what tells it comes first; what is sold out is behind', async (t) => {
  t.deepEqual(await ordered({ text: 'biggest', field: 'size', most: true }), [[[2, 0, 1, 3], [4]], null]);
  const lightest = { text: 'lightest', field: 'weight', most: false };
  t.is((await ordered(lightest))[1], lightest);
});

test('what many took comes first where that is asked for; what nobody took, last', async (t) => {
  t.deepEqual((await ordered('popular'))[0], [[2, 1, 0, 3], [4]]);
  const { lanes } = await plan({
    ...asked,
    intent: { ...emptyIntent, wishes: [wish([])], order: 'popular' },
    allowed: null,
  });
  t.deepEqual(
    [...(lanes[0].order ?? [])].map((place) => place < Infinity),
    [false, true, true, false, true],
  );
});

test('what is newest is told by dates', async (t) => {
  const newest = { text: 'newest', field: 'released', most: true };
  t.deepEqual(await ordered(newest), [[[3, 2, 1, 0], [4]], null]);
  const unknown = { ...newest, field: 'date of arrival' };
  t.is((await ordered(unknown))[1], unknown);
});

test('where none has the measure, those with the nearest come first', async (t) => {
  const { lanes, missing } = await plan({
    ...asked,
    intent: { ...emptyIntent, wishes: [wish(['900 ml'])] },
    allowed: new Set(items.keys()),
  });
  t.is(missing.length, 1);
  t.deepEqual(
    lanes[0].groups.flatMap((group) => [...group.items]),
    [0, 1, 2, 4, 3],
  );
});
