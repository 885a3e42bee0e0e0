import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { popularityOf } from '../../orchestrator/evaluation/popularity.ts';
import { openColdItems } from '../../orchestrator/opened-run/cold-items.ts';
import { createColdQueue } from '../../orchestrator/serving/cold-queue.ts';
import { openRunArtefacts } from '../../orchestrator/serving/run-artefacts.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { openShopRun } from './shop-run.ts';
import { smokeRuns } from './smoke-run.ts';

/** In the run `smoke` everything was taken; here half of the items count as cold. */
const below = 35;

async function withCold(decoding: object) {
  const { recipe, artefacts, folderOf } = await openRunArtefacts(await smokeRuns(), 'smoke');
  const { dataset } = artefacts;
  const asked = { ...recipe, decoding: { ...recipe.decoding, cold_below: below, ...decoding } };
  const cold = await openColdItems(asked, dataset, folderOf('embedding'));
  const counts = popularityOf(dataset);
  const isCold = (id: string) => counts[dataset.items.findIndex(({ item_id }) => item_id === id)] < below;
  return { cold, isCold };
}

const idsOf = (items: readonly { item_id: string }[]) => items.map(({ item_id }) => item_id);

test('cold items take their places in a list, are marked, and are explained as such', async (t) => {
  const { cold, isCold } = await withCold({ cold_items: 'mixed', cold_places: 3 });
  const { run, ids } = await openShopRun({ cold });
  const { items } = await run.recommend({ history: [ids[0], ids[5]], k: 20 });
  t.is(items.length, 20);
  t.is(new Set(idsOf(items)).size, 20);
  t.deepEqual(
    items.map((item) => item.cold === true),
    items.map((_, place) => [3, 6, 9, 13, 16, 19].includes(place)),
  );
  t.true(items.every((item) => isCold(item.item_id) === (item.cold === true)));
  t.true(items.every(({ score }) => score <= 0));
  const found = items.find((item) => item.cold)!;
  t.true(run.explain({ item: found.item_id, history: [ids[0]] }).cold);
  t.is(run.explain({ item: items[0].item_id, history: [ids[0]] }).cold, undefined);
  await run.close();
});

test('what is excluded, not available or not asked for is no cold item of a list, which is full', async (t) => {
  const { cold, isCold } = await withCold({ cold_items: 'mixed', cold_places: 5 });
  const gone = new Set([...(cold?.items ?? [])].slice(0, 40));
  const availability = { unavailable: () => gone, unknown: () => [], refresh: () => {} };
  const { run, ids } = await openShopRun({ cold, availability });
  const history = [ids[0], ids[5]];
  const first = await run.recommend({ history });
  const exclude = idsOf(first.items);
  const second = await run.recommend({ history, exclude, where: { category: 'Tea' } });
  for (const { items } of [first, second]) {
    t.is(items.length, 10);
    t.is(items.filter((item) => item.cold).length, 5);
    t.false(items.some(({ item_id }) => gone.has(ids.indexOf(item_id))));
  }
  t.false(second.items.some(({ item_id }) => exclude.includes(item_id)));
  t.true(second.items.every(({ item_id }) => ids.indexOf(item_id) % 3 === 1));
  const spread = await run.recommend({ history, k: 8, diversity: { by: 'brand', max: 2 } });
  t.is(spread.items.length, 8);
  t.is(spread.items.filter(({ item_id }) => isCold(item_id)).length, 4);
  await run.close();
});

test('the lists of all users are those that each gets alone', async (t) => {
  const { cold } = await withCold({ cold_items: 'mixed' });
  const { run, userIds } = await openShopRun({ cold });
  const users = userIds.slice(0, 6);
  let at = 0;
  for await (const { user, items } of run.recommendAll(users, { block: 4 })) {
    t.is(user, users[at++]);
    t.deepEqual(items, (await run.recommend({ user })).items);
  }
  t.is(at, users.length);
  await run.close();
});

test('where nothing is known of a customer, there is nothing to tell cold items by', async (t) => {
  const { cold } = await withCold({ cold_items: 'mixed', cold_places: 5 });
  const { run } = await openShopRun({ cold });
  const { run: plain } = await openShopRun();
  t.deepEqual(await run.recommend({ history: [] }), await plain.recommend({ history: [] }));
  await run.close();
});

test('where there is a wish, only cold items that match it are ranked by the history', async (t) => {
  const given = {
    width: 5,
    placing: 'by-probability',
    ranked: false,
    rank: async () => [],
    score: async () => new Float32Array(),
    prepare: async () => {},
    dispose: async () => {},
  } as const;
  const items = new Set([2, 5, 8]);
  const queue = createColdQueue({ ...given, items, others: new Set([0, 1, 3, 4, 6, 7]) }, 9, 8);
  const plain = queue.after({ history: [0], matches: null });
  t.deepEqual(plain.cold(null), items);
  t.deepEqual(plain.others(new Set([1, 2, 3])), new Set([1, 3]));
  const wished = queue.after({ history: [0], matches: new Set([1, 2, 8]) });
  t.deepEqual(wished.cold(null), new Set([2, 8]));
  t.deepEqual(wished.cold(new Set([1, 5, 8])), new Set([8]));
  // What does not match comes by its code.
  t.deepEqual(wished.others(new Set([1, 5, 8])), new Set([1, 5]));
});

test('a run that is prepared has found how probable cold items are before it is asked', async (t) => {
  const { recipe, artefacts, folderOf } = await openRunArtefacts(await smokeRuns(), 'smoke');
  const decoding = { ...recipe.decoding, cold_items: 'mixed' as const, cold_below: below };
  const embedding = join(temporaryFolder(t), 'embedding');
  const opened = async () => {
    cpSync(folderOf('embedding'), embedding, { recursive: true });
    return (await openColdItems({ ...recipe, decoding }, artefacts.dataset, embedding))!;
  };
  const [prepared, late] = [await opened(), await opened()];
  const { run, ids } = await openShopRun({ cold: prepared });
  await run.prepare();
  // The encoders that a level is found with lie there.
  rmSync(embedding, { recursive: true });
  t.is((await run.recommend({ history: [ids[0], ids[5]] })).items.length, 10);
  await t.throwsAsync(late.rank([Int32Array.of(0, 5)]));
  await late.dispose();
  await run.close();
});

test('without a setting for it, and where all items were taken, lists are as they were', async (t) => {
  t.is((await withCold({})).cold, null);
  t.is((await withCold({ cold_items: 'mixed', cold_below: 1 })).cold, null);
});

test('evaluation counts the lists that are served', async (t) => {
  const { cold } = await withCold({ cold_items: 'behind' });
  const { run } = await openShopRun({ cold });
  const { run: plain } = await openShopRun();
  const options = { split: 'validation' as const, users: 20 };
  const [behind, none] = [await run.evaluate(options), await plain.evaluate(options)];
  t.is(behind.protocol.users, none.protocol.users);
  t.deepEqual(
    [behind, none].map(({ methods }) => methods[0].beams?.shortest_list),
    [10, 10],
  );
  // The beams alone fill the list.
  const others = (cold?.others.size ?? 0) / behind.protocol.items;
  t.true(behind.methods[0].coverage <= others);
  await run.close();
});
