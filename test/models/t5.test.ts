import test from 'ava';
import { compile } from '../../orchestrator/engine/program.ts';
import { initialWeights } from '../../orchestrator/models/checkpoint.ts';
import { createMemory } from '../../orchestrator/models/generation/key-value-cache.ts';
import { loraModel } from '../../orchestrator/models/lora.ts';
import type { SequenceModel, WeightSource } from '../../orchestrator/models/model.ts';
import { frozenModel, fullModel, parameterCount } from '../../orchestrator/models/model-tensors.ts';
import { loraModules } from '../../orchestrator/models/settings.ts';
import type { T5Config } from '../../orchestrator/models/t5/config.ts';
import { t5Family } from '../../orchestrator/models/t5/family.ts';
import { bucketOf } from '../../orchestrator/models/t5/relative-positions.ts';
import { t5 } from '../../orchestrator/models/t5/t5.ts';
import type { Example } from '../../orchestrator/shared/example.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';
import { lossGraph } from '../../orchestrator/training/loss-graph.ts';
import { nextToken } from '../../orchestrator/training/objectives/next-token.ts';
import { compareWithFiniteDifferences } from './finite-differences.ts';
import { plainBucket, referenceT5Logits, tinyT5Config } from './reference-t5.ts';
import { softmaxRow } from './rows.ts';
import { int64 } from './tiny-model.ts';

const variants: Record<string, Partial<T5Config>> = {
  'a tied head': {},
  'an untied head': { tie_word_embeddings: false },
  'as many decoder layers as encoder layers': { num_decoder_layers: null },
};

/** Sources of unlike lengths, the first longer than all buckets that stand for one distance; unlike weights. */
const examples: Example[] = [
  {
    task: 'sequential-recommendation',
    source: Int32Array.of(1, 4, 7, 9, 2, 3, 8, 5, 10, 1, 6, 4, 7, 2, 9),
    target: Int32Array.of(5, 10, 3),
    weights: Float32Array.of(1, 0.5, 2),
    summaries: [],
  },
  {
    task: 'item-search',
    source: Int32Array.of(3, 8),
    target: Int32Array.of(6, 1, 2, 4, 9),
    weights: Float32Array.of(0, 1, 0, 1, 1),
    summaries: [],
  },
];

for (const [name, change] of Object.entries(variants)) {
  test(`the loss of a T5 with ${name} equals the plain reference`, async (t) => {
    const config = tinyT5Config(change);
    const source = weightsOf(config);
    const model = fullModel(t5(config), source);
    for (const temperature of [1, 0.7]) {
      const { loss, feeds } = lossOf(model, temperature);
      const program = await compile('loss', { loss });
      const got = Number((await program.run({ ...model.store.valueViews, ...feeds })).loss.data[0]);
      await program.dispose();
      const expected = referenceLoss(config, source, temperature);
      t.true(Math.abs(got - expected) < 1e-4 * expected, `${got}, expected ${expected}`);
    }
  });

  test(`a planted prompt of a T5 with ${name} gives the logits of the whole`, async (t) => {
    const config = tinyT5Config(change);
    const source = weightsOf(config);
    const generator = await t5(config).compileGenerator(frozenModel(t5(config), source), 24);
    const headRows = { shape: [11], data: int64([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) };
    const prompts = examples.map((example) => example.source);
    const { tree, logits } = await generator.plant(prompts, headRows, createMemory());
    // Two beams of the first prompt, one of them two tokens long; then one of the second alone.
    const first = await tree.grow(
      [
        { row: 0, ancestors: [], tokens: [5] },
        { row: 0, ancestors: [], tokens: [7, 2] },
        { row: 1, ancestors: [], tokens: [9] },
      ],
      headRows,
      4,
    );
    const second = await tree.grow(
      [
        { row: 0, ancestors: first.columns[1], tokens: [4] },
        { row: 1, ancestors: first.columns[2], tokens: [1, 3, 8] },
      ],
      headRows,
      2,
    );
    const whole = await generator.follow(prompts, [Int32Array.of(7, 2, 4), Int32Array.of(9)], headRows);
    await generator.dispose();
    const rows = (flat: Float32Array) =>
      Array.from({ length: flat.length / 11 }, (_, row) => [...flat.subarray(row * 11, (row + 1) * 11)]);
    const plain = (row: number, written: number[]) =>
      referenceT5Logits(config, source, [...prompts[row]], written);
    const close = (found: number[][], expected: number[][]) => {
      t.is(found.length, expected.length);
      for (const [row, values] of found.entries())
        for (const [at, value] of values.entries())
          t.true(Math.abs(value - expected[row][at]) < 1e-4, `${value} and ${expected[row][at]}`);
    };
    const last = (row: number, written: number[]) => plain(row, written).at(-1)!;
    close(rows(logits), [last(0, []), last(1, [])]);
    close(rows(first.logits), [last(0, [5]), last(0, [7, 2]), last(1, [9])]);
    close(rows(second.logits), [last(0, [7, 2, 4]), last(1, [9, 1, 3, 8])]);
    close(rows(whole), [...plain(0, [7, 2, 4]), ...plain(1, [9])]);
  });
}

for (const tuning of ['full', 'lora'] as const)
  for (const tie_word_embeddings of [true, false])
    test(`gradients of a T5 under ${tuning} tuning equal finite differences (tied head: ${tie_word_embeddings})`, async (t) => {
      const config = tinyT5Config({ tie_word_embeddings });
      const source = weightsOf(config);
      const lora = {
        lora_r: 2,
        lora_alpha: 4,
        lora_target_modules: loraModules.t5,
        firstNewToken: 6,
        seed: 1,
      };
      const model = tuning === 'full' ? fullModel(t5(config), source) : loraModel(t5(config), source, lora);
      // B starts at zero: move everything, so that no gradient is zero by construction, to where no relu bends within a step.
      for (let at = 0; at < model.store.values.length; at++)
        model.store.values[at] += 0.02 * Math.sin(at + 1);
      // A place of every tensor.
      let first = 0;
      const probes = model.store.specs.map(({ shape }) => {
        const size = shape.reduce((product, length) => product * length, 1);
        first += size;
        return first - size + Math.floor(0.4 * size);
      });
      await compareWithFiniteDifferences(t, model, lossOf(model), { probes, step: 4e-3, within: 0.02 });
    });

test('a T5 from scratch has the layout of TIGER: 4 and 4 layers, 6 heads of 64 on a width of 128', (t) => {
  const sizes = {
    vocabularySize: 1030,
    positions: 128,
    hidden_size: 128,
    intermediate_size: 1024,
    num_hidden_layers: 4,
    num_attention_heads: 6,
    num_key_value_heads: 6,
    head_dim: 64,
    rope_theta: 10_000,
    tie_word_embeddings: true,
  };
  const { tensors, config } = t5Family.fresh(sizes);
  const shapeOf = (name: string) => tensors.find((tensor) => tensor.name === name)?.shape;
  t.deepEqual(shapeOf('encoder.block.3.layer.0.SelfAttention.q.weight'), [384, 128]);
  t.deepEqual(shapeOf('decoder.block.3.layer.2.DenseReluDense.wi.weight'), [1024, 128]);
  // 4.5 million beside the embedding, as in the ports of transformers.
  const own = parameterCount({ tensors }) - 1030 * 128;
  t.is(own, 4 * (458_752 + 256) + 4 * (655_360 + 384) + 2 * 128 + 2 * 32 * 6);
  t.is(config.num_decoder_layers, 4);
  const shallow = t5Family.fresh({
    ...sizes,
    num_hidden_layers: 1,
    num_decoder_layers: 2,
    head_dim: null,
    num_attention_heads: 4,
  });
  t.like(shallow.config, { num_layers: 1, num_decoder_layers: 2, d_kv: 32 });
});

test('distances fall into the buckets of the paper', (t) => {
  const config = tinyT5Config({ relative_attention_num_buckets: 32, relative_attention_max_distance: 128 });
  // As transformers 5 has them.
  t.deepEqual(
    [-200, -128, -64, -20, -16, -8, -7, -1, 0].map((distance) => bucketOf(distance, false, config)),
    [31, 31, 26, 17, 16, 8, 7, 1, 0],
  );
  t.deepEqual(
    [-200, -12, -8, -1, 0, 1, 7, 8, 12, 60, 200].map((distance) => bucketOf(distance, true, config)),
    [15, 9, 8, 1, 0, 17, 23, 24, 25, 29, 31],
  );
  for (let distance = -150; distance <= 150; distance++)
    for (const bothWays of [true, false])
      t.true(Math.abs(bucketOf(distance, bothWays, config) - plainBucket(distance, bothWays, config)) <= 1);
  t.is(bucketOf(5, false, config), 0, 'a decoder does not look ahead');
});

function weightsOf(config: T5Config): WeightSource {
  const source = initialWeights(t5(config), 3);
  // A fresh T5 is far from flat; its own head gives logits so large that a loss in float32 would lose the digits that
  // finite differences look at.
  const factorOf = (name: string) => (name === 'lm_head.weight' ? 0.1 : 0.5);
  return {
    read: (name, shape) =>
      source.read(name, shape).map((value) => (value === 1 ? 1 : value * factorOf(name))),
  };
}

function lossOf(model: SequenceModel, temperature = 1) {
  const graph = lossGraph(model, [nextToken(undefined, temperature)], {
    longest: 24,
    dropout: 0,
    adapterDropout: 0,
  });
  // Sums, not means.
  const { feeds } = graph.feeds(examples, [1], (name) => createRandom(0, name));
  return { loss: graph.loss, feeds };
}

function referenceLoss(config: T5Config, weights: WeightSource, temperature = 1): number {
  let sum = 0;
  for (const { source, target, weights: shares } of examples) {
    const logits = referenceT5Logits(config, weights, [...source], [...target.slice(0, -1)]);
    for (const [at, token] of target.entries())
      sum -= shares[at] * Math.log(softmaxRow(logits[at].map((logit) => logit / temperature))[token]);
  }
  return sum;
}
