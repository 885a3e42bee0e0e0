import test, { type ExecutionContext } from 'ava';
import { compile, type TensorView } from '../../orchestrator/engine/program.ts';
import { initialWeights } from '../../orchestrator/models/checkpoint.ts';
import { createMemory } from '../../orchestrator/models/generation/key-value-cache.ts';
import type { LlamaConfig } from '../../orchestrator/models/llama/config.ts';
import { llama } from '../../orchestrator/models/llama/llama.ts';
import { projectionNames } from '../../orchestrator/models/llama/tensors.ts';
import { loraModel } from '../../orchestrator/models/lora.ts';
import type { SequenceModel, WeightSource } from '../../orchestrator/models/model.ts';
import { frozenModel, fullModel } from '../../orchestrator/models/model-tensors.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';
import { lossGraph, numberWanted } from '../../orchestrator/training/loss-graph.ts';
import { nextToken } from '../../orchestrator/training/objectives/next-token.ts';
import { wholeRow } from '../training/whole-row.ts';
import { compareWithFiniteDifferences } from './finite-differences.ts';
import { referenceLogits } from './reference-decoder.ts';
import { softmaxRow } from './rows.ts';
import { int64, kin, lively, tinyConfig } from './tiny-model.ts';

const variants: Record<string, Partial<LlamaConfig>> = {
  'one key head for each query head': {},
  'grouped queries': { num_key_value_heads: 2 },
  'an untied head': { tie_word_embeddings: false },
  'heads wider than hidden size over heads': { head_dim: 6 },
  ...kin,
};

for (const [name, change] of Object.entries(variants)) {
  test(`the loss of a model with ${name} equals the plain reference`, async (t) => {
    const config = tinyConfig(change);
    const source = lively(initialWeights(llama(config), 3));
    const expected = referenceLoss(config, source);
    const model = fullModel(llama(config), source);
    const { loss, feeds } = lossOf(model);
    const program = await compile('loss', { loss });
    const got = Number((await program.run({ ...model.store.valueViews, ...feeds })).loss.data[0]);
    await program.dispose();
    t.true(Math.abs(got - expected) < 1e-4 * expected, `${got}, expected ${expected}`);
  });

  test(`cached keys and values of a model with ${name} give the logits of the whole sequence`, async (t) => {
    const config = tinyConfig(change);
    const source = lively(initialWeights(llama(config), 3));
    const generator = await llama(config).compileGenerator(frozenModel(llama(config), source), 8);
    const headRows = { shape: [3], data: int64([5, 2, 9]) };
    const prompt = await generator.plant([Int32Array.of(1, 4, 7)], headRows, createMemory());
    const next = await prompt.tree.grow([{ row: 0, ancestors: [], tokens: [9] }], headRows, 1);
    await generator.dispose();
    const whole = referenceLogits(config, source, [1, 4, 7, 9]);
    for (const [at, row] of [5, 2, 9].entries()) {
      t.true(Math.abs(prompt.logits[at] - whole[2][row]) < 1e-4);
      t.true(Math.abs(next.logits[at] - whole[3][row]) < 1e-4);
    }
  });
}

const trained: Record<string, Partial<LlamaConfig>> = {
  'a tied head': { num_key_value_heads: 2 },
  'a head of its own': { num_key_value_heads: 2, tie_word_embeddings: false },
  ...kin,
};

for (const tuning of ['full', 'lora'] as const) {
  for (const [name, change] of Object.entries(trained)) {
    // Under LoRA biases are frozen, and what they add has no gradient of its own.
    if (tuning === 'lora' && /bias/.test(name)) continue;
    test(`gradients of a model with ${name} under ${tuning} tuning equal finite differences`, async (t) => {
      const config = tinyConfig(change);
      const source = lively(initialWeights(llama(config), 3));
      const model =
        tuning === 'full'
          ? fullModel(llama(config), source)
          : loraModel(llama(config), source, {
              lora_r: 2,
              lora_alpha: 4,
              lora_target_modules: projectionNames,
              firstNewToken: 6,
              seed: 1,
            });
      await compareGradients(t, model);
    });
  }
}

for (const gradient_checkpointing of [false, true])
  test(`the head of a large base goes in pieces${gradient_checkpointing ? ', layers computed anew' : ''}: the loss is the reference's, gradients equal finite differences`, async (t) => {
    // More rows than one piece has.
    const config = tinyConfig({ vocab_size: 8200 });
    const source = lively(initialWeights(llama(config), 3));
    const model = loraModel(llama(config), source, {
      lora_r: 2,
      lora_alpha: 4,
      lora_target_modules: projectionNames,
      firstNewToken: 8195,
      seed: 1,
      gradient_checkpointing,
    });
    t.deepEqual(model.training, { mapped: true });
    const { loss, feeds } = lossOf(model);
    const program = await compile('loss', { loss }, model.training);
    const { data } = (await program.run({ ...model.store.valueViews, ...feeds })).loss;
    await program.dispose();
    const expected = referenceLoss(config, source);
    t.true(Math.abs(Number(data[0]) - expected) < 1e-4 * expected);
    await compareGradients(t, model);
  });

function compareGradients(t: ExecutionContext, model: SequenceModel): Promise<Float32Array> {
  // B starts at zero: move everything, so that no gradient is zero by construction.
  for (let at = 0; at < model.store.values.length; at++) model.store.values[at] += 0.05 * Math.sin(at);
  const differences = { probes: probes(model), step: 1e-2, within: 0.01 };
  return compareWithFiniteDifferences(t, model, lossOf(model), differences);
}

/** Forty of all weights, and three of every bias and norm of heads. */
function probes({ store }: SequenceModel): number[] {
  const spread = Array.from({ length: 40 }, (_, probe) => Math.floor((probe * store.values.length) / 40));
  const small = store.specs.flatMap(({ name }) => {
    if (!/_proj\.bias$|[qk]_norm/.test(name)) return [];
    const { data } = store.valueViews[name];
    const first = (data.byteOffset - store.values.byteOffset) / 4;
    return [0, data.length >> 1, data.length - 1].map((at) => first + at);
  });
  return [...spread, ...small];
}

test('a LoRA model starts as its base', async (t) => {
  const config = tinyConfig({});
  const source = lively(initialWeights(llama(config), 3));
  const options = {
    lora_r: 2,
    lora_alpha: 4,
    lora_target_modules: projectionNames,
    firstNewToken: 6,
    seed: 1,
  };
  const model = loraModel(llama(config), source, options);
  const { loss, feeds } = lossOf(model);
  const program = await compile('loss', { loss });
  const got = Number((await program.run({ ...model.store.valueViews, ...feeds })).loss.data[0]);
  await program.dispose();
  const expected = referenceLoss(config, source);
  t.true(Math.abs(got - expected) < 1e-4 * expected);
});

/** Two rows, the second one shorter and padded; some positions are learned, with unlike weights. */
const rows = [
  [1, 4, 7, 9],
  [3, 8, 2],
];
const learned = [
  { row: 0, position: 0, weight: 1 },
  { row: 0, position: 2, weight: 0.5 },
  { row: 1, position: 1, weight: 2 },
];

function lossOf(model: SequenceModel) {
  const examples = rows.map((tokens, row) =>
    wholeRow(
      tokens,
      tokens.map((_, at) => learned.find((one) => one.row === row && one.position + 1 === at)?.weight ?? 0),
    ),
  );
  const graph = lossGraph(model, [nextToken()], { longest: 8, dropout: 0, adapterDropout: 0 });
  // Sums, not means.
  const { feeds } = graph.feeds(examples, [1], (name) => createRandom(0, name));
  return { loss: graph.loss, feeds };
}

test('places are numbered: each is computed once, however many ask for it', (t) => {
  const list = (...values: number[]) => ({ shape: [values.length], data: int64(values) });
  const feeds: Record<string, TensorView> = { a: list(4, 9), b: list(9, 2, 4), other: list(7) };
  numberWanted(feeds, ['a', 'b']);
  t.deepEqual(feeds, { a: list(0, 1), b: list(1, 2, 0), other: list(7), wanted: list(4, 9, 2) });
});

function referenceLoss(config: LlamaConfig, source: WeightSource): number {
  const logits = rows.map((row) => referenceLogits(config, source, row));
  return learned.reduce(
    (sum, { row, position, weight }) =>
      sum - weight * Math.log(softmaxRow(logits[row][position])[rows[row][position + 1]]),
    0,
  );
}
