import test from 'ava';
import { compile } from '../../orchestrator/engine/program.ts';
import { initialWeights } from '../../orchestrator/models/checkpoint.ts';
import { llama } from '../../orchestrator/models/llama/llama.ts';
import { fullModel } from '../../orchestrator/models/model-tensors.ts';
import type { Example } from '../../orchestrator/shared/example.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';
import { lossGraph } from '../../orchestrator/training/loss-graph.ts';
import type { SearchCodes } from '../../orchestrator/training/objectives/objective.ts';
import { advantagesOf, rewardObjective, rewardsOf } from '../../orchestrator/training/objectives/reward.ts';
import { compareWithFiniteDifferences } from '../models/finite-differences.ts';
import { lively, tinyConfig } from '../models/tiny-model.ts';
import { meanLogProbability } from './mean-log-probability.ts';
import { wholeRow } from './whole-row.ts';

const config = tinyConfig();
const source = lively(initialWeights(llama(config), 3));
const weight = 0.5;

/** A prompt with the item it asks for, a sentence, and a history of which the second item has something before it. */
const prompt: Example = {
  ...wholeRow([6, 9], [1, 1], [{ position: 1, item: 1 }]),
  source: Int32Array.of(1, 4),
};
const sentence = wholeRow([2, 3, 5], [0, 1, 1]);
const history = wholeRow(
  [6, 8, 7, 10],
  [0, 1, 1, 1],
  [
    { position: 1, item: 0 },
    { position: 3, item: 2 },
  ],
);
const examples = [prompt, sentence, history];
const random = () => createRandom(1, 'reward');

/** The model's list behind each prompt: for the first the taken item is second; for the other it is not found. */
const lists = [
  [
    [7, 10],
    [6, 9],
    [6, 8],
  ],
  [
    [6, 8],
    [6, 9],
  ],
];

async function rewarded(asked: number[][] = []) {
  const model = fullModel(llama(config), source);
  const search: SearchCodes = async (prompts) => {
    asked.push(...prompts.map((tokens) => [...tokens]));
    return lists.map((list) => list.map((code) => Int32Array.from(code)));
  };
  const objective = rewardObjective({ weight, beams: 3 }, 2, search);
  await objective.rehearse?.([{ examples, random: random() }]);
  const graph = lossGraph(model, [objective], { longest: 8, dropout: 0, adapterDropout: 0 });
  return { model, loss: graph.loss, feeds: graph.feeds(examples, [2], random).feeds };
}

test('1 for the taken item; the others share a loss of 1, the higher they were ranked the more of it', (t) => {
  const [first, taken, third] = rewardsOf([false, true, false]);
  t.is(taken, 1);
  t.true(Math.abs(first + third + 1) < 1e-12);
  t.true(Math.abs(first / third - Math.log(4) / Math.log(2)) < 1e-12);
  t.deepEqual(rewardsOf([true]), [1]);
});

test('advantages have a mean of 0 and a deviation of 1; equal rewards say nothing', (t) => {
  const advantages = advantagesOf([1, -0.6, -0.4]);
  t.true(Math.abs(advantages.reduce((a, b) => a + b)) < 1e-12);
  t.true(Math.abs(advantages.reduce((sum, one) => sum + one ** 2, 0) - 3) < 1e-9);
  t.deepEqual(advantagesOf([1, 1]), [0, 0]);
  t.deepEqual(advantagesOf([]), []);
});

test('the loss is minus the advantage x the mean log-probability of each code of the lists', async (t) => {
  const asked: number[][] = [];
  const { model, loss, feeds } = await rewarded(asked);
  t.deepEqual(asked, [
    [1, 4],
    [6, 8],
  ]);
  const taken = [
    [6, 9],
    [7, 10],
  ];
  let expected = 0;
  for (const [at, list] of lists.entries()) {
    const isTaken = list.map((code) => code.join() === taken[at].join());
    for (const [beam, advantage] of advantagesOf(rewardsOf(isTaken)).entries())
      expected -= (weight * advantage * meanLogProbability(config, source, asked[at], list[beam])) / (2 * 3);
  }
  const program = await compile('loss', { loss });
  const { loss: value } = await program.run({ ...model.store.valueViews, ...feeds });
  t.true(Math.abs(Number(value.data[0]) - expected) < 1e-5, `${value.data[0]}, ${expected}`);
  await program.dispose();
});

test('its gradients equal finite differences', async (t) => {
  const { model, loss, feeds } = await rewarded();
  const probes = Array.from({ length: 30 }, (_, at) => Math.floor((at * model.store.values.length) / 30));
  const exact = await compareWithFiniteDifferences(
    t,
    model,
    { loss, feeds },
    { probes, step: 1e-2, within: 0.01 },
  );
  t.true(exact.some((value) => Math.abs(value) > 1e-3));
});
