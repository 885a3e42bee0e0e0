import test from 'ava';
import { compile } from '../../orchestrator/engine/program.ts';
import { compileTraining } from '../../orchestrator/engine/training-program.ts';
import { buildTrie } from '../../orchestrator/item-index/trie.ts';
import { initialWeights } from '../../orchestrator/models/checkpoint.ts';
import { llama } from '../../orchestrator/models/llama/llama.ts';
import { fullModel } from '../../orchestrator/models/model-tensors.ts';
import type { Example } from '../../orchestrator/shared/example.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';
import { codeDigits } from '../../orchestrator/training/code-digits.ts';
import { lossGraph } from '../../orchestrator/training/loss-graph.ts';
import type { SearchCodes } from '../../orchestrator/training/objectives/objective.ts';
import { preferenceObjective } from '../../orchestrator/training/objectives/preference.ts';
import { compareWithFiniteDifferences } from '../models/finite-differences.ts';
import { lively, tinyConfig } from '../models/tiny-model.ts';
import { meanLogProbability } from './mean-log-probability.ts';
import { wholeRow } from './whole-row.ts';

/** Three items of two digits each, in a vocabulary of eleven; the log holds them in turn. */
const codes = [
  [6, 8],
  [6, 9],
  [7, 10],
];
const codeTokenIds = [
  [6, 7],
  [8, 9, 10],
];
const trie = buildTrie({ levels: 2, levelSizes: [2, 3], codes: Int32Array.of(0, 0, 0, 1, 1, 2) });
const digits = codeDigits({ events: Int32Array.of(0, 1, 2, 0) }, trie, codeTokenIds);
const settings = { weight: 0.5, negatives: 2, beta: 3, margin: 0.7 };

const config = tinyConfig();
const source = lively(initialWeights(llama(config), 3));

/** A prompt with the item it asks for, and a history of which two items are learned, the first without anything before it. */
const prompt: Example = {
  ...wholeRow([6, 9], [1, 1], [{ position: 1, item: 1 }]),
  source: Int32Array.of(1, 4),
};
const history = wholeRow(
  [6, 8, 7, 10],
  [0, 1, 1, 1],
  [
    { position: 1, item: 0 },
    { position: 3, item: 2 },
  ],
);
const sentence = wholeRow([2, 3, 5], [0, 1, 1]);

function graphOf() {
  const model = fullModel(llama(config), source);
  const graph = lossGraph(model, [preferenceObjective(settings, digits)], {
    longest: 8,
    dropout: 0,
    adapterDropout: 0,
  });
  return { model, graph };
}

test('the loss is -log of the share of the taken item among it and the rejected ones', async (t) => {
  const { model, graph } = graphOf();
  const program = await compile('loss', { loss: graph.loss });
  for (let seed = 0; seed < 5; seed++) {
    const random = (name: string) => createRandom(seed, name);
    const examples = [prompt, sentence, history];
    const objective = preferenceObjective(settings, digits);
    const rejected = objective.companions?.(examples, random('preference')) ?? [];
    t.is(rejected.length, 4);
    const compared = [
      { before: [1, 4], taken: [6, 9], others: rejected.slice(0, 2) },
      { before: [6, 8], taken: [7, 10], others: rejected.slice(2) },
    ];
    let expected = 0;
    for (const { before, taken, others } of compared) {
      const own = settings.beta * meanLogProbability(config, source, before, taken);
      const rivals = others.map(({ source: given, target }) => {
        const tokens = [...given, ...target];
        t.deepEqual(tokens.slice(0, -2), before);
        const code = tokens.slice(-2);
        t.true(codes.some((known) => known.join() === code.join()) && code.join() !== taken.join());
        return settings.beta * meanLogProbability(config, source, before, code) + settings.margin;
      });
      const sum = [own, ...rivals].reduce((all, score) => all + Math.exp(score), 0);
      expected += (-settings.weight / 2) * Math.log(Math.exp(own) / sum);
    }
    const { feeds } = graph.feeds(examples, [2], random);
    const { loss } = await program.run({ ...model.store.valueViews, ...feeds });
    t.true(Math.abs(Number(loss.data[0]) - expected) < 1e-4 * expected, `${loss.data[0]}, ${expected}`);
  }
  await program.dispose();
});

test('its gradients equal finite differences, and examples without items have none', async (t) => {
  const { model, graph } = graphOf();
  const random = (name: string) => createRandom(1, name);
  const { loss } = graph;
  const probes = Array.from({ length: 30 }, (_, at) => Math.floor((at * model.store.values.length) / 30));
  const { feeds } = graph.feeds([history, prompt], [2], random);
  const differences = { probes, step: 1e-2, within: 0.01 };
  const exact = await compareWithFiniteDifferences(t, model, { loss, feeds }, differences);
  t.true(exact.some((value) => Math.abs(value) > 1e-2));
  const nothing = graph.feeds([sentence], [1], random);
  const program = await compileTraining('training', loss, model.store);
  t.is(await program.accumulate(nothing.feeds, true), 0);
  t.true(model.store.gradients.every((value) => value === 0));
  await program.dispose();
});

test('rejected items may be those that the model itself ranks first, without the taken one', async (t) => {
  const asked: number[][] = [];
  const search: SearchCodes = async (prompts, most) => {
    asked.push(...prompts.map((tokens) => [...tokens]), [most]);
    return prompts.map(() =>
      [
        [6, 9],
        [7, 10],
        [6, 8],
      ].map((code) => Int32Array.from(code)),
    );
  };
  const examples = [prompt, sentence, history];
  const objective = preferenceObjective(settings, digits, search);
  const random = () => createRandom(1, 'preference');
  await objective.rehearse?.([{ examples, random: random() }]);
  t.deepEqual(asked, [[1, 4], [6, 8], [3]]);
  const rejected = objective.companions?.(examples, random()) ?? [];
  t.deepEqual(
    rejected.map(({ source: given, target }) => [...given, ...target]),
    [
      [1, 4, 7, 10],
      [1, 4, 6, 8],
      [6, 8, 6, 9],
      [6, 8, 6, 8],
    ],
  );
});
