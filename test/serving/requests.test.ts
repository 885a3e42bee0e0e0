import { join } from 'node:path';
import test from 'ava';
import { loadDataset } from '../../orchestrator/dataset/load-dataset.ts';
import type { Dataset } from '../../orchestrator/dataset/types.ts';
import { type OpenRun, openRun } from '../../orchestrator/serving/index.ts';
import { createMatrix } from '../../orchestrator/shared/matrix.ts';
import { openShopRun } from './shop-run.ts';
import { smokeRuns } from './smoke-run.ts';

let run: OpenRun;
let dataset: Dataset;
let ids: string[];
test.before(async () => {
  const runsFolder = await smokeRuns();
  run = await openRun('smoke', { runsFolder });
  dataset = loadDataset(join(runsFolder, 'smoke/01-dataset'));
  ids = dataset.items.map(({ item_id }) => item_id);
});
test.after.always(() => run?.close());

const idsOf = (items: readonly { item_id: string }[]) => items.map(({ item_id }) => item_id);
const logOf = (user: number) =>
  Array.from(dataset.events.subarray(dataset.offsets[user], dataset.offsets[user + 1]), (item) => ids[item]);

test('a user stands for the whole log of this user, and a history that comes along is newer', async (t) => {
  const user = dataset.userIds[0];
  const alone = await run.recommend({ user });
  t.deepEqual(idsOf(alone.history), logOf(0).slice(-dataset.historyLimit));
  const newer = [ids[7], ids[3]];
  const both = await run.recommend({ user, history: newer });
  t.deepEqual(idsOf(both.history), [...logOf(0), ...newer].slice(-dataset.historyLimit));
  const same = await run.recommend({ history: [...logOf(0), ...newer] });
  t.deepEqual(idsOf(both.items), idsOf(same.items));
});

test('unknown items are skipped and named', async (t) => {
  const asked = { history: [ids[0], 'gone-77', ids[1]], exclude: ['gone-78', 'gone-77', ids[2]] };
  const { history, ignored } = await run.recommend(asked);
  t.deepEqual(idsOf(history), [ids[0], ids[1]]);
  t.deepEqual(ignored, ['gone-77', 'gone-78']);
  t.is((await run.recommend({ history: [ids[0]] })).ignored, undefined);
});

test('who is new gets what is popular, and the answer says so', async (t) => {
  const popular = await run.recommend({ history: [] });
  t.is(popular.fallback, 'popular');
  t.is(popular.items.length, 10);
  t.deepEqual(
    idsOf((await run.recommend({ user: 'nobody', fallback: 'popular' })).items),
    idsOf(popular.items),
  );
  const allUnknown = await run.recommend({ history: ['gone-77'] });
  t.like(allUnknown, { fallback: 'popular', ignored: ['gone-77'] });
  t.is((await run.recommend({ history: [ids[0]] })).fallback, undefined);
});

test('items behind a history say why they are there: had before, goes with one of it, or often next', async (t) => {
  const items = ids.length;
  // All items are used alike, but for the last two, which only go with each other.
  const behaviour = createMatrix(items, 2);
  for (let item = 0; item < items; item++) behaviour.data[2 * item + (item < items - 2 ? 0 : 1)] = 1;
  const shop = await openShopRun({ embeddings: { semantic: behaviour, behaviour } });
  const history = [ids[items - 1]];
  const exclude = ids.slice(1, -2);
  const { items: found } = await shop.run.recommend({ history, exclude_history: false, exclude });
  t.deepEqual(Object.fromEntries(found.map(({ item_id, why }) => [item_id, why?.kind])), {
    [ids[0]]: 'often-next',
    [ids[items - 2]]: 'follows',
    [ids[items - 1]]: 'again',
  });
  const popular = await shop.run.recommend({ history: [] });
  t.deepEqual(new Set(popular.items.map(({ why }) => why?.kind)), new Set(['popular']));
});

test('with exclude_history: auto, what nobody takes again stays out', async (t) => {
  const history = ids.slice(0, 40);
  const { items } = await run.recommend({ history, exclude_history: 'auto', k: 50 });
  t.is(items.length, 50);
  t.false(idsOf(items).some((id) => history.includes(id)));
});

test('rules hold for popular items as well', async (t) => {
  const { items } = await run.recommend({ history: [], exclude: ids.slice(0, -3), k: 10 });
  t.deepEqual(idsOf(items).sort(), ids.slice(-3).sort());
});

test('a list may be longer than the search is wide, and repeats nothing', async (t) => {
  const { items } = await run.recommend({ history: [ids[0]], k: 35 });
  t.is(new Set(idsOf(items)).size, 35);
  const scores = items.map(({ score }) => score);
  t.deepEqual(
    scores,
    [...scores].sort((a, b) => b - a),
  );
});

test('lists by category, brand and price are full, and best first', async (t) => {
  const { run: shop, ids: own, scores } = await openShopRun();
  const fits = (at: number) => at % 3 === 1 && at % 4 < 2 && at < 120 && at % 2 === 1;
  const { items } = await shop.recommend({
    history: [own[0]],
    where: { category: 'Shop > Tea', brand: ['Baristo', 'Moka'], price_max: 119, in_stock: true },
    k: 25,
  });
  const best = [...own.keys()].filter(fits).sort((a, b) => scores[b] - scores[a]);
  t.deepEqual(
    idsOf(items),
    best.slice(0, 25).map((at) => own[at]),
  );
});

test('a boost brings items forward and leaves their scores as they are', async (t) => {
  const { run: shop, ids: own, scores } = await openShopRun();
  const { items } = await shop.recommend({ history: [own[0]], boost: { brand: { Wuffi: 1000 } } });
  for (const { item_id, score, boost } of items) {
    t.is(boost, 1000);
    t.is(own.indexOf(item_id) % 4, 2);
    t.is(score, scores[own.indexOf(item_id)]);
  }
});

test('a list with two of each category at most is full as long as there are others', async (t) => {
  const { run: shop, ids: own } = await openShopRun();
  const { items } = await shop.recommend({ history: [own[0]], diversity: { by: 'category', max: 2 } });
  const shown = items.map(({ item_id }) => own.indexOf(item_id) % 3).sort();
  t.deepEqual(shown, [0, 0, 1, 1, 2, 2]);
});

test('where a category is asked for, popular items are of that category', async (t) => {
  const { run: shop, ids: own } = await openShopRun();
  const { items, fallback } = await shop.recommend({ history: [], where: { category: 'Tea' } });
  t.is(fallback, 'popular');
  t.is(items.length, 10);
  t.true(items.every(({ item_id }) => own.indexOf(item_id) % 3 === 1));
});

test('what is not available stands in no list, is no history, and is refused where a request is strict', async (t) => {
  const closed = new Set([0, 1, 2, 3]);
  const { run: shop, ids: own } = await openShopRun({
    availability: { unavailable: () => closed, unknown: () => [], refresh: () => {} },
  });
  const { history, ignored, items } = await shop.recommend({
    history: [own[0], own[9]],
    exclude: [own[3]],
    k: 100,
  });
  t.deepEqual([idsOf(history), ignored], [[own[9]], [own[0], own[3]]]);
  t.false(idsOf(items).some((id) => own.indexOf(id) < 4));
  await t.throwsAsync(shop.recommend({ history: [own[0]], strict: true }), { code: 'serving/not-available' });
});

test('where nothing fits, the list is empty and says so', async (t) => {
  const { items, notes } = await run.recommend({ history: [ids[0]], where: { brand: 'no such brand' } });
  t.deepEqual([items, notes], [[], ['no item fulfils the conditions of where']]);
});

test('a model has made a list before the first customer asks', async (t) => {
  let lists = 0;
  const model = {
    rank: async (prompts: readonly unknown[]) => {
      lists += prompts.length;
      return prompts.map(() => []);
    },
    dispose: async () => {},
  };
  const { run: shop } = await openShopRun({ model });
  t.is(lists, 0);
  await shop.prepare();
  t.is(lists, 1);
});
