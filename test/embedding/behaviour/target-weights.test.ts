import test from 'ava';
import { createModel } from '../../../orchestrator/embedding/behaviour/create-model.ts';
import { trainingWindows } from '../../../orchestrator/embedding/behaviour/training-windows.ts';
import { createRandom } from '../../../orchestrator/shared/random.ts';
import { datasetOf } from './fixtures.ts';

const sizes = {
  encoder: 'sasrec',
  items: 9,
  hiddenSize: 8,
  numLayers: 1,
  numHeads: 2,
  maxLength: 20,
  temperature: 0.1,
  windows: [],
} as const;

/** Gradients of some users' windows, in batches of so many, added up. */
async function gradients(batchSize: number): Promise<Float64Array> {
  // Two users with one target each in their training part, two with five.
  const dataset = datasetOf(
    [
      [1, 2, 0, 0],
      [3, 4, 0, 0],
      [1, 2, 3, 4, 5, 6, 0, 0],
      [8, 7, 6, 5, 4, 3, 0, 0],
    ],
    9,
  );
  const windows = trainingWindows(dataset, 20);
  const options = { seed: 1, dropout: 0, batch_size: batchSize, negatives: 0 };
  const model = createModel(sizes, options, { threads: 1 });
  const trainer = await model.prepareTraining(dataset.events, windows);
  const sum = new Float64Array(model.store.gradients.length);
  const random = createRandom(1, 'order');
  for (const batch of trainer.planEpoch(random)) {
    await trainer.step(batch, random);
    for (const [at, gradient] of model.store.gradients.entries()) sum[at] += gradient;
  }
  await trainer.dispose();
  return sum;
}

test('a target counts alike in a batch of short histories and in one of long ones', async (t) => {
  const whole = await gradients(4);
  const halves = await gradients(2);
  // Twice as many updates, each as large as the one: a batch has 6 targets on average, the whole 12.
  for (const [at, gradient] of halves.entries()) t.true(Math.abs(gradient - 2 * whole[at]) < 1e-5);
  t.true(whole.some((gradient) => Math.abs(gradient) > 1e-3));
});
