import test from 'ava';
import { createModel } from '../../../orchestrator/embedding/behaviour/create-model.ts';
import { itemSampler } from '../../../orchestrator/embedding/behaviour/item-sampler.ts';
import { trainingWindows } from '../../../orchestrator/embedding/behaviour/training-windows.ts';
import type { BehaviourSizes } from '../../../orchestrator/embedding/behaviour/types.ts';
import { createRandom } from '../../../orchestrator/shared/random.ts';
import { circle, datasetOf } from './fixtures.ts';

const sizes: BehaviourSizes = {
  encoder: 'sasrec',
  items: 12,
  hiddenSize: 4,
  numLayers: 1,
  numHeads: 1,
  maxLength: 8,
  temperature: 0.5,
  windows: [],
};
const dataset = datasetOf(circle(12, 6), 12);
const windows = trainingWindows(dataset, sizes.maxLength);
const batch = Int32Array.from(windows, (_, at) => at);

/** A trainer whose every step draws the same. */
async function trainerOf(negatives: number) {
  const options = { seed: 1, dropout: 0, batch_size: windows.length, negatives };
  const { store, prepareTraining } = createModel(sizes, options, { threads: 1 });
  const trainer = await prepareTraining(dataset.events, windows);
  return { store, loss: () => trainer.step(batch, createRandom(1, 'step')), dispose: trainer.dispose };
}

test('where all items are sampled, loss and gradients are those of the softmax over all', async (t) => {
  const [full, sampled] = [await trainerOf(0), await trainerOf(12)];
  const [expected, got] = [await full.loss(), await sampled.loss()];
  t.true(Math.abs(expected - got) < 1e-5, `${expected}, ${got}`);
  for (const [at, gradient] of full.store.gradients.entries())
    t.true(Math.abs(gradient - sampled.store.gradients[at]) < 1e-5);
  await full.dispose();
  await sampled.dispose();
});

test('with few items sampled, gradients agree with finite differences', async (t) => {
  const { store, loss, dispose } = await trainerOf(5);
  await loss();
  const gradients = store.gradients.slice();
  const step = 5e-4;
  for (let at = 0; at < store.values.length; at += 3) {
    const value = store.values[at];
    store.values[at] = value + step;
    const above = await loss();
    store.values[at] = value - step;
    const below = await loss();
    store.values[at] = value;
    const slope = (above - below) / (2 * step);
    t.true(
      Math.abs(slope - gradients[at]) < 2e-3 + 0.02 * Math.abs(slope),
      `${at}: ${slope}, ${gradients[at]}`,
    );
  }
  await dispose();
});

test('an item is drawn as often as its rate says, each at most once', (t) => {
  const sampler = itemSampler([50, 20, 10, 5, 5, 4, 3, 2, 1, 0], 4);
  const random = createRandom(1, 'draws');
  const drawn = new Float64Array(10);
  const draws = 20_000;
  for (let draw = 0; draw < draws; draw++) {
    const sampled = sampler.draw(random);
    t.is(new Set(sampled.items).size, 4);
    for (const item of sampled.items.subarray(0, sampled.drawn)) drawn[item]++;
  }
  for (const [item, times] of drawn.entries())
    t.true(Math.abs(times / draws - Math.exp(sampler.logRate(item))) < 0.012, `item ${item}`);
});
