import test from 'ava';
import { trainBehaviourEncoder } from '../../../orchestrator/embedding/behaviour/train-behaviour-encoder.ts';
import type { BehaviourEncoder, BehaviourOptions } from '../../../orchestrator/embedding/behaviour/types.ts';
import { silentReporter } from '../../../orchestrator/shared/reporter.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { argMax, circle, datasetOf, tiny } from './fixtures.ts';

const din: BehaviourOptions = { ...tiny, encoder: 'din', hidden_size: 8, negatives: 6, maxLength: 4 };

test('SASRec learns which item follows: its loss falls and recall@1 on held-out steps is 1', async (t) => {
  t.is(await recallOnCircle({ ...tiny, hidden_size: 32, epochs: 12, dropout: 0 }), 1);
});

test('SASRec with cosine scores learns it too', async (t) => {
  t.is(await recallOnCircle({ ...tiny, epochs: 12, dropout: 0, temperature: 0.1 }), 1);
});

test('DIN learns which item follows the latest', async (t) => {
  t.is(await recallOnCircle({ ...din, maxLength: 1, epochs: 20, dropout: 0 }), 1);
});

test('no more of a history is read than the dataset gives', async (t) => {
  const dataset = datasetOf(circle(), 12);
  for (const encoder of ['sasrec', 'din'] as const) {
    const trained = await trainBehaviourEncoder(
      { ...tiny, encoder, epochs: 1 },
      { ...dataset, historyLimit: 7 },
      () => {},
    );
    t.is(trained.sizes.maxLength, 7);
    await trained.dispose();
  }
});

async function recallOnCircle(options: BehaviourOptions): Promise<number> {
  const dataset = datasetOf(circle(), 12);
  const losses: number[] = [];
  // No validation, so the last epoch is kept: without what was seen, few items are left, and the first would win.
  const settings = { ...options, validationUsers: 0 };
  const encoder = await trainBehaviourEncoder(settings, dataset, (message) => {
    if (message.type === 'progress' && message.figures?.epoch) losses.push(Number(message.figures.loss));
  });
  if (!(losses.at(-1)! < losses[0] / 2)) throw new Error(`the loss does not fall: ${losses}`);
  const histories = dataset.userIds.map((_, user) =>
    dataset.events.subarray(dataset.offsets[user], dataset.validationEnd[user]),
  );
  const scores = await encoder.score(histories);
  await encoder.dispose();
  const hits = histories.filter(
    (_, user) =>
      argMax(scores.subarray(user * 12, (user + 1) * 12)) === dataset.events[dataset.validationEnd[user]],
  );
  return hits.length / histories.length;
}

for (const options of [tiny, din]) {
  const { encoder: name } = options;

  test(`${name}: equal seeds give equal weights, other seeds other ones`, async (t) => {
    const dataset = datasetOf(circle(), 12);
    const [first, second, other] = [
      await weightsAfter(options, dataset),
      await weightsAfter(options, dataset),
      await weightsAfter({ ...options, seed: 2 }, dataset),
    ];
    t.deepEqual(first, second);
    t.notDeepEqual(first, other);
  });

  test(`${name}: training never sees what is held out`, async (t) => {
    const once = { ...options, epochs: 1 };
    const first = circle().map((events) => [...events.slice(0, -2), 12, 13]);
    const second = circle().map((events) => [...events.slice(0, -2), 14, 15]);
    t.deepEqual(
      await weightsAfter(once, datasetOf(first, 16)),
      await weightsAfter(once, datasetOf(second, 16)),
    );
  });

  test(`${name}: training that is killed goes on to the same weights`, async (t) => {
    const dataset = datasetOf(circle(), 12);
    const long = { ...options, epochs: 4 };
    const whole = await weightsAfter(long, dataset);
    const resumable = { ...long, checkpointFolder: temporaryFolder(t) };
    const abort = new AbortController();
    await t.throwsAsync(
      trainBehaviourEncoder(
        resumable,
        dataset,
        (message) => {
          if (message.type === 'progress' && message.figures?.epoch === 2) abort.abort(new Error('killed'));
        },
        abort.signal,
      ),
      { message: 'killed' },
    );
    const notes: string[] = [];
    const encoder = await trainBehaviourEncoder(resumable, dataset, (message) => {
      if (message.type === 'note') notes.push(message.text);
    });
    t.deepEqual(notes, ['The behaviour encoder goes on after epoch 2.']);
    t.deepEqual(tensorsOf(encoder), whole);
    await encoder.dispose();
  });

  test(`${name}: a history scores the same alone and among longer ones; an empty one scores 0`, async (t) => {
    const encoder = await trainBehaviourEncoder(
      { ...options, epochs: 1 },
      datasetOf(circle(), 12),
      silentReporter,
    );
    const histories = [[3], [], [1, 2, 3, 4, 5], [7, 8]].map((items) => Int32Array.from(items));
    const together = await encoder.score(histories);
    const each = await Promise.all(histories.map((history) => encoder.score([history])));
    for (const [at, alone] of each.entries()) {
      for (let item = 0; item < 12; item++)
        t.true(Math.abs(alone[item] - together[at * 12 + item]) < 1e-4, `history ${at}, item ${item}`);
    }
    t.deepEqual([...together.subarray(12, 24)], new Array(12).fill(0));
    await encoder.dispose();
  });

  test(`${name}: only the latest items of a long history count`, async (t) => {
    const encoder = await trainBehaviourEncoder(
      { ...options, epochs: 1, maxLength: 3 },
      datasetOf(circle(), 12),
      silentReporter,
    );
    const scores = await encoder.score([Int32Array.of(9, 9, 1, 2, 3), Int32Array.of(1, 2, 3)]);
    for (let item = 0; item < 12; item++) t.true(Math.abs(scores[item] - scores[12 + item]) < 1e-5);
    await encoder.dispose();
  });
}

test('the epoch with the best validation is kept, and patience ends the training', async (t) => {
  const epochs: { epoch: number; ndcg: number }[] = [];
  const encoder = await trainBehaviourEncoder(
    { ...tiny, epochs: 60, patience: 2, learning_rate: 0.02 },
    datasetOf(circle(), 12),
    (message) => {
      if (message.type === 'progress' && message.figures?.epoch)
        epochs.push({
          epoch: Number(message.figures.epoch),
          ndcg: Number(message.figures['validation NDCG@10']),
        });
    },
  );
  const best = epochs.reduce((a, b) => (b.ndcg > a.ndcg ? b : a));
  t.is(encoder.validation?.epoch, best.epoch);
  t.is(encoder.validation?.ndcgAt10, best.ndcg);
  t.is(epochs.length, best.epoch + 2);
  await encoder.dispose();
});

test('users without a validation target do no harm: the last epoch is kept', async (t) => {
  const dataset = datasetOf(circle(), 12);
  dataset.trainEnd = dataset.offsets.slice(1);
  dataset.validationEnd = dataset.offsets.slice(1);
  const encoder = await trainBehaviourEncoder(tiny, dataset, silentReporter);
  t.is(encoder.validation, undefined);
  t.true(encoder.embedding.data.every(Number.isFinite));
  await encoder.dispose();
});

async function weightsAfter(options: BehaviourOptions, dataset: ReturnType<typeof datasetOf>) {
  const encoder = await trainBehaviourEncoder(options, dataset, silentReporter);
  await encoder.dispose();
  return tensorsOf(encoder);
}

function tensorsOf(encoder: BehaviourEncoder): Record<string, number[]> {
  return Object.fromEntries(Object.entries(encoder.weights).map(([name, { data }]) => [name, [...data]]));
}
