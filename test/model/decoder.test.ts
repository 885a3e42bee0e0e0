import test from 'ava';
import { compile, type TensorView } from '../../orchestrator/engine/program.ts';
import { compileTraining } from '../../orchestrator/engine/training-program.ts';
import { initialWeights } from '../../orchestrator/model/checkpoint.ts';
import type { LlamaConfig } from '../../orchestrator/model/config.ts';
import { compileGeneration } from '../../orchestrator/model/generation-graph.ts';
import { loraModel } from '../../orchestrator/model/lora.ts';
import { frozenModel, fullModel, type WeightSource } from '../../orchestrator/model/model-tensors.ts';
import { projectionNames } from '../../orchestrator/model/tensors.ts';
import { causalMask, numberWanted, trainingGraph } from '../../orchestrator/model/training-graph.ts';
import { referenceLogits, softmaxRow } from './reference-decoder.ts';
import { int64, lively, tinyConfig } from './tiny-model.ts';

const variants: Record<string, Partial<LlamaConfig>> = {
  'one key head for each query head': {},
  'grouped queries': { num_key_value_heads: 2 },
  'an untied head': { tie_word_embeddings: false },
  'heads wider than hidden size over heads': { head_dim: 6 },
};

for (const [name, change] of Object.entries(variants)) {
  test(`the loss of a model with ${name} equals the plain reference`, async (t) => {
    const config = tinyConfig(change);
    const source = lively(initialWeights(config, 3));
    const expected = referenceLoss(config, source);
    const model = fullModel(config, source);
    const { loss } = trainingGraph(model, { longest: 8, dropout: 0, loraDropout: 0 });
    const program = await compile('loss', { loss });
    const got = Number((await program.run({ ...model.store.valueViews, ...batchFeeds() })).loss.data[0]);
    await program.dispose();
    t.true(Math.abs(got - expected) < 1e-4 * expected, `${got}, expected ${expected}`);
  });

  test(`cached keys and values of a model with ${name} give the logits of the whole sequence`, async (t) => {
    const config = tinyConfig(change);
    const source = lively(initialWeights(config, 3));
    const programs = await compileGeneration(frozenModel(config, source), 8);
    const headRows = { shape: [3], data: int64([5, 2, 9]) };
    const prompt = await programs.prompt.run({
      tokens: { shape: [3], data: int64([1, 4, 7]) },
      positions: { shape: [1, 3], data: int64([0, 1, 2]) },
      mask: causalMask(3),
      selected: { shape: [1], data: int64([2]) },
      head_rows: headRows,
    });
    const past = Object.fromEntries(
      Object.keys(prompt).flatMap((output) =>
        output.startsWith('fresh.') ? [[output.slice(6), prompt[output]]] : [],
      ),
    );
    const next = await programs.beams.run({
      tokens: { shape: [1], data: int64([9]) },
      positions: { shape: [1, 1], data: int64([3]) },
      mask: { shape: [1, 1, 1, 1, 4], data: new Float32Array(4) },
      selected: { shape: [1], data: int64([0]) },
      head_rows: headRows,
      ...past,
    });
    await programs.dispose();
    const whole = referenceLogits(config, source, [1, 4, 7, 9]);
    for (const [at, row] of [5, 2, 9].entries()) {
      t.true(Math.abs(Number(prompt.logits.data[at]) - whole[2][row]) < 1e-4);
      t.true(Math.abs(Number(next.logits.data[at]) - whole[3][row]) < 1e-4);
    }
  });
}

for (const tuning of ['full', 'lora'] as const) {
  for (const tie_word_embeddings of [true, false]) {
    test(`gradients under ${tuning} tuning equal finite differences (tied head: ${tie_word_embeddings})`, async (t) => {
      const config = tinyConfig({ num_key_value_heads: 2, tie_word_embeddings });
      const source = lively(initialWeights(config, 3));
      const model =
        tuning === 'full'
          ? fullModel(config, source)
          : loraModel(config, source, {
              lora_r: 2,
              lora_alpha: 4,
              lora_target_modules: projectionNames,
              firstNewToken: 6,
              seed: 1,
            });
      // B starts at zero: move everything, so that no gradient is zero by construction.
      for (let at = 0; at < model.store.values.length; at++) model.store.values[at] += 0.05 * Math.sin(at);
      const { loss } = trainingGraph(model, { longest: 8, dropout: 0, loraDropout: 0 });
      const program = await compileTraining('step', loss, model.store);
      await program.accumulate(batchFeeds(), true);
      const exact = Float32Array.from(model.store.gradients);
      for (let probe = 0; probe < 60; probe++) {
        const at = Math.floor((probe * model.store.values.length) / 60);
        const held = model.store.values[at];
        const step = 1e-2;
        model.store.values[at] = held + step;
        const above = await program.accumulate(batchFeeds(), true);
        model.store.values[at] = held - step;
        const below = await program.accumulate(batchFeeds(), true);
        model.store.values[at] = held;
        const measured = (above - below) / (2 * step);
        t.true(
          Math.abs(measured - exact[at]) < 0.01 + 0.03 * Math.abs(measured),
          `${at}: ${exact[at]}, ${measured}`,
        );
      }
      await program.dispose();
    });
  }
}

test('a LoRA model starts as its base', async (t) => {
  const config = tinyConfig({});
  const source = lively(initialWeights(config, 3));
  const options = {
    lora_r: 2,
    lora_alpha: 4,
    lora_target_modules: projectionNames,
    firstNewToken: 6,
    seed: 1,
  };
  const model = loraModel(config, source, options);
  const { loss } = trainingGraph(model, { longest: 8, dropout: 0, loraDropout: 0 });
  const program = await compile('loss', { loss });
  const got = Number((await program.run({ ...model.store.valueViews, ...batchFeeds() })).loss.data[0]);
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

function batchFeeds() {
  const tokens = rows.flatMap((row) => [...row, 0].slice(0, 4));
  const feeds: Record<string, TensorView> = {
    tokens: { shape: [8], data: int64(tokens) },
    positions: { shape: [2, 4], data: int64([0, 1, 2, 3, 0, 1, 2, 3]) },
    mask: causalMask(4),
    selected: { shape: [3], data: int64(learned.map(({ row, position }) => row * 4 + position)) },
    targets: { shape: [3], data: int64(learned.map(({ row, position }) => rows[row][position + 1])) },
    weights: { shape: [3], data: Float32Array.from(learned, ({ weight }) => weight) },
  };
  numberWanted(feeds, ['selected']);
  return feeds;
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
