import test from 'ava';
import { textsTensor } from '../../orchestrator/models/liger/tensors.ts';
import { fullModel } from '../../orchestrator/models/model-tensors.ts';
import { readMetrics } from '../../orchestrator/training/metrics-log.ts';
import { trainedObjectives } from '../../orchestrator/training/objectives/registry.ts';
import type { RowSource } from '../../orchestrator/training/options.ts';
import { trainingPart } from '../../orchestrator/training/settings.ts';
import { train } from '../../orchestrator/training/train.ts';
import { examples, livelyLiger, tinyLiger } from '../models/tiny-liger.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const part = trainingPart.parse({
  name: 'generation',
  tuning: 'full',
  tasks: { 'sequential-recommendation': 1 },
  epochs: 4,
  learning_rate: 0.01,
  micro_batch_size: 2,
  dropout: 0.1,
});

const rows: RowSource = {
  maxLength: 24,
  rowsPerEpoch: 6,
  epoch: (epoch) => ({ length: 6, row: (at) => examples[(at + epoch) % 3] }),
};

test('a LIGER learns both its losses, and one that is interrupted anywhere ends with the same weights', async (t) => {
  const whole = await trainIn(temporaryFolder(t));
  const losses = readMetrics(whole.folder).flatMap(({ loss }) => loss ?? []);
  t.true(
    losses.slice(-3).every((loss) => loss < losses[0]),
    losses.join(', '),
  );
  const folder = temporaryFolder(t);
  let interruptions = 0;
  for (const stopAt of [1, 4, 7])
    await trainIn(folder, stopAt).catch((error: Error) => {
      t.is(error.name, 'AbortError');
      interruptions++;
    });
  t.true(interruptions >= 2);
  const resumed = await trainIn(folder);
  t.deepEqual(resumed.model.store.values, whole.model.store.values);
  t.deepEqual(readMetrics(folder), readMetrics(whole.folder));
  t.false(textsTensor in resumed.model.store.valueViews, 'what is given is no part of the state');
});

async function trainIn(folder: string, stopAt?: number) {
  const model = fullModel(tinyLiger, livelyLiger, [], part);
  const stop = new AbortController();
  const { tasks: _tasks, name: _name, ...options } = part;
  await train({
    model,
    source: rows,
    objectives: trainedObjectives(part, {
      digits: [] as never,
      teacher: null,
      vectors: null,
      search: () => Promise.reject(new Error('nothing is searched')),
      cold: new Set([3]),
      hiddenSize: tinyLiger.hiddenSize,
      seed: 5,
    }),
    options: { ...options, tuning: { kind: 'full' }, seed: 5 },
    folder,
    validate: null,
    report: (message) => {
      if (message.type === 'progress' && message.done === stopAt) stop.abort();
    },
    signal: stop.signal,
  });
  return { model, folder };
}
