import test from 'ava';
import { planBatches } from '../../../orchestrator/embedding/behaviour/plan-batches.ts';
import { trainingWindows } from '../../../orchestrator/embedding/behaviour/training-windows.ts';
import { rankCases, validationCases } from '../../../orchestrator/embedding/behaviour/validate.ts';
import { createWorkspace } from '../../../orchestrator/embedding/behaviour/workspace.ts';
import { floats } from '../../../orchestrator/engine/floats.ts';
import { createRandom } from '../../../orchestrator/shared/random.ts';
import { circle, datasetOf } from './fixtures.ts';

test('every training item but a user’s first is a target once, however long the user', (t) => {
  const dataset = datasetOf([Array.from({ length: 19 }, (_, at) => at), [1, 2], [3, 4, 5, 6]], 20);
  const windows = trainingWindows(dataset, 5);
  const targets = windows.flatMap(({ start, length }) =>
    Array.from({ length: length - 1 }, (_, at) => start + 1 + at),
  );
  // 17 training items of the first user, none of the second, 2 of the third (which begins at event 21).
  t.deepEqual(
    targets.sort((a, b) => a - b),
    [...Array.from({ length: 16 }, (_, at) => at + 1), 22],
  );
  t.true(windows.every(({ length }) => length >= 2 && length <= 6));
});

test('an epoch’s batches hold every example once and differ from epoch to epoch', (t) => {
  const lengths = Array.from({ length: 1000 }, (_, at) => 1 + (at % 40));
  const batches = planBatches(lengths, 16, createRandom(1, 0));
  t.deepEqual(
    batches.flatMap((batch) => [...batch]).sort((a, b) => a - b),
    lengths.map((_, at) => at),
  );
  t.notDeepEqual(batches[0], planBatches(lengths, 16, createRandom(1, 1))[0]);
  const padded = batches.reduce(
    (sum, batch) => sum + batch.length * Math.max(...Array.from(batch, (at) => lengths[at])),
    0,
  );
  const real = lengths.reduce((a, b) => a + b, 0);
  t.true(padded / real < 1.15, `${padded} for ${real}`);
});

test('dropout masks keep the asked share', (t) => {
  const workspace = createWorkspace();
  workspace.keep('mask', [101, 99], 0.3, createRandom(1));
  const factors = Array.from(floats(workspace.feeds.mask));
  const kept = factors.filter((factor) => factor > 0).length / factors.length;
  t.true(Math.abs(kept - 0.7) < 0.02, `${kept}`);
  // What is kept is scaled up, so that the mean stays.
  const mean = factors.reduce((a, b) => a + b, 0) / factors.length;
  t.true(Math.abs(mean - 1) < 0.02, `${mean}`);
});

test('a workspace that grew and shrank shows the batch at hand alone', (t) => {
  const workspace = createWorkspace();
  workspace.int64('ids', [4]).fill(7);
  const low = workspace.int64('ids', [2]);
  low[2] = 5;
  t.deepEqual(workspace.feeds.ids, { shape: [2], data: BigInt64Array.of(0n, 5n) });
});

test('validation asks for the item after the training part, of at most so many users', (t) => {
  const dataset = datasetOf(circle(), 12);
  dataset.historyLimit = 2;
  const { histories, targets } = validationCases(dataset, 7, 1);
  t.is(histories.length, 7);
  for (const [at, history] of histories.entries()) {
    t.is(history.length, 2);
    t.is(targets[at], (history[1] + 1) % 12);
  }
});

test('ranks count better scores, and equal ones by item number', async (t) => {
  const scores = Float32Array.from({ length: 20 }, (_, item) => (item < 3 ? 2 : 1));
  const rankedAt = (target: number) =>
    rankCases(
      async () => scores,
      { histories: [Int32Array.of(0)], targets: Int32Array.of(target), without: [[]] },
      20,
    );
  t.deepEqual(await rankedAt(2), { recallAt10: 1, ndcgAt10: 1 / Math.log2(4) });
  t.deepEqual(await rankedAt(9), { recallAt10: 1, ndcgAt10: 1 / Math.log2(11) });
  t.deepEqual(await rankedAt(10), { recallAt10: 0, ndcgAt10: 0 });
});

test('where nobody takes an item again, an item of the history takes no place', async (t) => {
  const scores = Float32Array.from({ length: 20 }, (_, item) => 20 - item);
  const rankOf10 = (without: number[]) =>
    rankCases(
      async () => scores,
      { histories: [Int32Array.of(3, 5)], targets: Int32Array.of(10), without: [without] },
      20,
    );
  t.is((await rankOf10([])).recallAt10, 0, 'item 10 is the 11th');
  t.is((await rankOf10([3, 5])).recallAt10, 1, 'and the 9th without items 3 and 5');
});

test('an encoder that has diverged is refused, not ranked first', async (t) => {
  const cases = { histories: [Int32Array.of(0)], targets: Int32Array.of(1), without: [[]] };
  for (const scores of [[1, Number.NaN, 3], [Number.NaN, 2, 1], new Array(3).fill(Number.NaN)])
    await t.throwsAsync(
      rankCases(async () => Float32Array.from(scores), cases, 3),
      {
        code: 'evaluation/not-a-number',
        message: /is not a number/,
      },
    );
});
