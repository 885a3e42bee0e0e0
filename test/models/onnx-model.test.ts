import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { initialWeights } from '../../orchestrator/models/checkpoint.ts';
import { headSizes, type LlamaConfig } from '../../orchestrator/models/llama/config.ts';
import { llama } from '../../orchestrator/models/llama/llama.ts';
import type { OnnxSizes, WeightSource } from '../../orchestrator/models/model.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { referenceLogits } from './reference-decoder.ts';
import { kin, lively, tinyConfig } from './tiny-model.ts';

const tokens = [1, 7, 4, 9, 10, 2];
const writeOnnxModel = (folder: string, config: LlamaConfig, source: WeightSource, sizes?: OnnxSizes) =>
  llama(config).writeOnnx!(folder, source, sizes);
const shapes: Record<string, Partial<LlamaConfig>> = {
  'one key head for each query head': {},
  'grouped queries': { num_key_value_heads: 2 },
  'an untied head': { tie_word_embeddings: false },
  'heads wider than hidden size over heads': { head_dim: 8 },
  ...kin,
};

interface Pass {
  ids: number[];
  /** 1 for tokens, 0 for padding, those of the past before them. */
  there: number[];
  positions: number[];
  past: Record<string, Tensor>;
}

function openModel(session: InferenceSession, config: LlamaConfig) {
  const { keyValueHeads, headSize } = headSizes(config);
  const row = (values: number[]) =>
    new Tensor('int64', BigInt64Array.from(values, BigInt), [1, values.length]);
  const nothing = () => new Tensor('float32', new Float32Array(0), [1, keyValueHeads, 0, headSize]);
  const names = session.inputNames.filter((name) => name.startsWith('past_key_values'));
  return {
    nothing: Object.fromEntries(names.map((name) => [name, nothing()])) as Record<string, Tensor>,
    async run({ ids, there, positions, past }: Pass) {
      const feeds = {
        input_ids: row(ids),
        attention_mask: row(there),
        position_ids: row(positions),
        ...past,
      };
      const { logits, ...present } = await session.run(feeds);
      const values = Array.from(logits.data as Float32Array);
      const width = config.vocab_size;
      return {
        logits: ids.map((_, at) => values.slice(at * width, (at + 1) * width)),
        past: Object.fromEntries(
          Object.entries(present).map(([name, value]) => [name.replace('present', 'past_key_values'), value]),
        ) as Record<string, Tensor>,
      };
    },
  };
}

const gap = (a: number[][], b: number[][]) =>
  Math.max(...a.flatMap((row, at) => row.map((value, column) => Math.abs(value - b[at][column]))));
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at);
const ones = (length: number) => new Array<number>(length).fill(1);

for (const [name, change] of Object.entries(shapes))
  test(`as ONNX, a model with ${name} gives the plain decoder's logits: whole, in steps, and behind padding`, async (t) => {
    const folder = temporaryFolder(t);
    const config = tinyConfig(change);
    const source = lively(initialWeights(llama(config), 3));
    t.deepEqual(writeOnnxModel(folder, config, source), { parts: 0 });
    t.deepEqual(readdirSync(folder), ['model.onnx']);
    const model = openModel(await InferenceSession.create(join(folder, 'model.onnx')), config);
    const expected = referenceLogits(config, source, tokens);

    const all = { ids: tokens, there: ones(6), positions: range(0, 6), past: model.nothing };
    t.true(gap((await model.run(all)).logits, expected) < 1e-4);

    const start = await model.run({
      ids: tokens.slice(0, 3),
      there: ones(3),
      positions: range(0, 3),
      past: model.nothing,
    });
    const middle = await model.run({
      ids: tokens.slice(3, 5),
      there: ones(5),
      positions: [3, 4],
      past: start.past,
    });
    const end = await model.run({ ids: tokens.slice(5), there: ones(6), positions: [5], past: middle.past });
    t.true(gap([...start.logits, ...middle.logits, ...end.logits], expected) < 1e-4);

    const padded = await model.run({
      ids: [0, 0, ...tokens],
      there: [0, 0, ...ones(6)],
      positions: [1, 1, ...range(0, 6)],
      past: model.nothing,
    });
    t.true(gap(padded.logits.slice(2), expected) < 1e-4);
  });

test('weights too large for the model file go into parts beside it, each no larger than asked', async (t) => {
  const folder = temporaryFolder(t);
  const config = tinyConfig({ vocab_size: 100 });
  const source = lively(initialWeights(llama(config), 3));
  const { parts } = writeOnnxModel(folder, config, source, { wholeUpTo: 1000, partsUpTo: 8000 });
  t.true(parts > 1);
  t.true(existsSync(join(folder, 'model.onnx_data')));
  t.true(existsSync(join(folder, `model.onnx_data_${parts - 1}`)));
  t.is(readdirSync(folder).length, 1 + parts);
  for (const name of readdirSync(folder).filter((each) => each.includes('_data')))
    t.true(statSync(join(folder, name)).size <= 8000);
  const model = openModel(await InferenceSession.create(join(folder, 'model.onnx')), config);
  const { logits } = await model.run({
    ids: tokens,
    there: ones(6),
    positions: range(0, 6),
    past: model.nothing,
  });
  t.true(gap(logits, referenceLogits(config, source, tokens)) < 1e-4);
});
