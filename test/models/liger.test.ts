import test from 'ava';
import { compile } from '../../orchestrator/engine/program.ts';
import { createMemory } from '../../orchestrator/models/generation/key-value-cache.ts';
import { compileDenseScorer } from '../../orchestrator/models/liger/dense-scorer.ts';
import { textsTensor } from '../../orchestrator/models/liger/tensors.ts';
import type { SequenceModel } from '../../orchestrator/models/model.ts';
import { frozenModel, fullModel, parameterCount } from '../../orchestrator/models/model-tensors.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';
import { lossGraph } from '../../orchestrator/training/loss-graph.ts';
import { dense } from '../../orchestrator/training/objectives/liger/dense.ts';
import { nextToken } from '../../orchestrator/training/objectives/next-token.ts';
import { compareWithFiniteDifferences } from './finite-differences.ts';
import { plainLogits, plainShares } from './reference-liger.ts';
import { softmaxRow } from './rows.ts';
import { examples, histories, livelyLiger, sourceOf, targets, tinyLiger, tokensOf } from './tiny-liger.ts';
import { int64 } from './tiny-model.ts';

/** Nobody took item 3: it is no answer, and no wrong one either. */
const cold = new Set([3]);

test('the loss of a LIGER is that of its digits and that of the vector of the next item', async (t) => {
  const model = fullModel(tinyLiger, livelyLiger);
  const { loss, feeds } = lossOf(model);
  const program = await compile('loss', { loss });
  const got = Number((await program.run({ ...model.store.valueViews, ...feeds })).loss.data[0]);
  await program.dispose();
  let expected = 0;
  const among = Array.from({ length: 6 }, (_, item) => !cold.has(item));
  for (const [row, history] of histories.entries()) {
    const written = tokensOf(targets[row]);
    const logits = plainLogits(history, written.slice(0, -1));
    for (const [at, token] of written.entries())
      expected -= Math.log(softmaxRow(logits[at])[token]) / (2 * histories.length);
    expected -= Math.log(plainShares(history, among)[targets[row]]) / histories.length;
  }
  t.true(Math.abs(got - expected) < 1e-4 * expected, `${got}, expected ${expected}`);
});

test('gradients of a LIGER equal finite differences, and its texts have none', async (t) => {
  const model = fullModel(tinyLiger, livelyLiger);
  t.false(model.store.specs.some(({ name }) => name === textsTensor));
  // Norms too, so that no gradient is zero by construction.
  for (let at = 0; at < model.store.values.length; at++) model.store.values[at] += 0.02 * Math.sin(at + 1);
  // Two places of every tensor.
  let first = 0;
  const probes = model.store.specs.flatMap(({ shape }) => {
    const size = shape.reduce((product, length) => product * length, 1);
    first += size;
    return [0.4, 0.8].map((share) => first - size + Math.floor(share * size));
  });
  await compareWithFiniteDifferences(t, model, lossOf(model), { probes, step: 4e-3, within: 0.01 });
});

test('a history asks for all items as the plain reference does, whatever is asked beside it', async (t) => {
  const scorer = await compileDenseScorer(frozenModel(tinyLiger, livelyLiger));
  const together = await scorer.score(histories.map(sourceOf));
  for (const [row, history] of histories.entries()) {
    const alone = await scorer.score([sourceOf(history)]);
    for (const [item, share] of plainShares(history).entries()) {
      t.true(Math.abs(together[row * 6 + item] - Math.log(share)) < 1e-4);
      t.true(Math.abs(alone[item] - Math.log(share)) < 1e-4);
    }
  }
  await scorer.dispose();
});

test('a planted history gives the logits of the plain reference, and a tree grows behind it', async (t) => {
  const generator = await tinyLiger.compileGenerator(frozenModel(tinyLiger, livelyLiger), 24);
  const headRows = { shape: [11], data: int64([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) };
  const { tree, logits } = await generator.plant(histories.map(sourceOf), headRows, createMemory());
  const grown = await tree.grow([{ row: 1, ancestors: [], tokens: [5] }], headRows, 1);
  await generator.dispose();
  const close = (found: ArrayLike<number>, expected: number[]) => {
    for (const [at, value] of expected.entries())
      t.true(Math.abs(found[at] - value) < 1e-4, `${found[at]} and ${value}`);
  };
  for (const [row, history] of histories.entries())
    close(logits.subarray(row * 11, (row + 1) * 11), plainLogits(history, [])[0]);
  close(grown.logits, plainLogits(histories[1], [5])[1]);
});

test('texts that are given are no parameters', (t) => {
  const trained = tinyLiger.tensors.filter(({ name }) => name !== textsTensor);
  t.is(parameterCount(tinyLiger), parameterCount({ tensors: trained }));
});

function lossOf(model: SequenceModel) {
  const objectives = [nextToken(), dense(cold)];
  const graph = lossGraph(model, objectives, { longest: 24, dropout: 0, adapterDropout: 0 });
  const totals = objectives.map(({ count }) => count(examples));
  const { feeds } = graph.feeds(examples, totals, (name) => createRandom(0, name));
  return { loss: graph.loss, feeds };
}
