import { join } from 'node:path';
import test from 'ava';
import { openBaseModel } from '../../orchestrator/models/base-model.ts';
import {
  initialWeights,
  openCheckpoint,
  saveCheckpoint,
  withAddedRows,
} from '../../orchestrator/models/checkpoint.ts';
import { llama } from '../../orchestrator/models/llama/llama.ts';
import { embeddingName, headName, tensorSpecs } from '../../orchestrator/models/llama/tensors.ts';
import { frozenModel } from '../../orchestrator/models/model-tensors.ts';
import { readModel } from '../../orchestrator/models/registry.ts';
import { readJson } from '../../orchestrator/storage/json-file.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { engineLogits, largestGap } from './engine-logits.ts';
import { rawTensor, tinyModel, type WeightType, writeModel } from './model-folders.ts';
import { referenceLogits } from './reference-decoder.ts';
import { tinyConfig } from './tiny-model.ts';

const tokens = [1, 4, 7, 9];

for (const [dtype, closeness] of [
  ['F32', 0],
  ['F16', 2 ** -10],
  ['BF16', 2 ** -7],
] as [WeightType, number][])
  for (const shards of [1, 3])
    test(`${dtype} weights in ${shards} file(s) are read as what was written`, async (t) => {
      const model = tinyModel({ tie_word_embeddings: false }, dtype);
      const { definition, weights } = await openBaseModel(writeModel(temporaryFolder(t), model, shards));
      for (const { name, shape } of definition.tensors) {
        const expected = model.source.read(name, shape);
        const got = weights.read(name, shape);
        for (let at = 0; at < got.length; at++)
          t.true(
            Math.abs(got[at] - expected[at]) <= closeness * Math.abs(expected[at]) + closeness * 2 ** -14,
          );
      }
      const reference = referenceLogits(model.config, weights, tokens);
      t.true(largestGap(await engineLogits(frozenModel(definition, weights), tokens), reference) < 1e-4);
      weights.close();
    });

test('float16 keeps infinities, signed zeros and the smallest numbers', (t) => {
  const folder = temporaryFolder(t);
  const halves = Uint16Array.of(0x7c00, 0xfc00, 0x8000, 0x0001, 0x83ff, 0x3c00, 0xc000, 0x7bff);
  const model = tinyModel();
  model.tensors.odd = { dtype: 'F16', shape: [8], bytes: new Uint8Array(halves.buffer) };
  const weights = openCheckpoint(writeModel(folder, model));
  const expected = [Infinity, -Infinity, -0, 2 ** -24, -1023 * 2 ** -24, 1, -2, 65504];
  t.deepEqual(Array.from(weights.read('odd', [8])), expected);
  weights.close();
});

test('a tied model that stores its head all the same gives the logits of its embedding', async (t) => {
  const model = tinyModel({ tie_word_embeddings: true });
  model.tensors[headName] = rawTensor(new Float32Array(11 * 16).fill(7), [11, 16]);
  const { definition, weights } = await openBaseModel(writeModel(temporaryFolder(t), model));
  const reference = referenceLogits(model.config, model.source, tokens);
  t.true(largestGap(await engineLogits(frozenModel(definition, weights), tokens), reference) < 1e-4);
  weights.close();
});

test('rotary frequencies that older files store are passed over', async (t) => {
  const model = tinyModel();
  model.tensors['model.layers.0.self_attn.rotary_emb.inv_freq'] = rawTensor(new Float32Array(2), [2]);
  const { weights } = await openBaseModel(writeModel(temporaryFolder(t), model));
  weights.close();
  t.pass();
});

for (const tie_word_embeddings of [true, false])
  test(`a saved checkpoint is read back bit by bit (tied head: ${tie_word_embeddings})`, (t) => {
    const folder = temporaryFolder(t);
    const config = tinyConfig({ tie_word_embeddings, num_key_value_heads: 2 });
    const source = initialWeights(llama(config), 5);
    saveCheckpoint(folder, llama(config), source);
    t.deepEqual(readModel(folder).config.num_key_value_heads, 2);
    const weights = openCheckpoint(folder);
    for (const { name, shape } of tensorSpecs(config))
      t.deepEqual(weights.read(name, shape), source.read(name, shape));
    t.is(weights.shapes().has(headName), !tie_word_embeddings);
    weights.close();
  });

test('config.json of a saved checkpoint tells the type of its weights, whatever the base had', (t) => {
  const folder = temporaryFolder(t);
  const config = tinyConfig({ torch_dtype: 'bfloat16', dtype: 'bfloat16', architectures: ['LlamaModel'] });
  saveCheckpoint(folder, llama(config), initialWeights(llama(config), 1));
  const saved = readJson(join(folder, 'config.json'), '') as Record<string, unknown>;
  t.is(saved.torch_dtype, 'float32');
  t.is(saved.dtype, 'float32');
  t.deepEqual(saved.architectures, ['LlamaForCausalLM']);
});

test('rows of added tokens follow the base, in the embedding and in an untied head', (t) => {
  const base = tinyConfig({ tie_word_embeddings: false });
  const source = initialWeights(llama(base), 5);
  const grown = llama({ ...base, vocab_size: 13 });
  const weights = withAddedRows(source, grown, 11, 11, (name) =>
    new Float32Array(2 * 16).fill(name === headName ? 2 : 1),
  );
  for (const [name, value] of [
    [embeddingName, 1],
    [headName, 2],
  ] as const) {
    const table = weights.read(name, [13, 16]);
    t.deepEqual(table.subarray(0, 11 * 16), source.read(name, [11, 16]));
    t.deepEqual(table.subarray(11 * 16), new Float32Array(2 * 16).fill(value));
  }
});

test('added tokens take the spare rows of a padded embedding before the table grows', (t) => {
  // The tokenizer ends at id 8, the model has 11 rows: 5 new tokens fill rows 8 to 10 and two more.
  const base = tinyConfig();
  const source = initialWeights(llama(base), 5);
  const addedRows = Float32Array.from({ length: 5 * 16 }, (_, at) => at);
  const table = withAddedRows(source, llama({ ...base, vocab_size: 13 }), 11, 8, () => addedRows).read(
    embeddingName,
    [13, 16],
  );
  t.deepEqual(table.subarray(0, 8 * 16), source.read(embeddingName, [11, 16]).subarray(0, 8 * 16));
  t.deepEqual(table.subarray(8 * 16), addedRows);
});

test('a padded embedding with room for all added tokens keeps its size and its last rows', (t) => {
  const base = tinyConfig();
  const source = initialWeights(llama(base), 5);
  const table = withAddedRows(source, llama(base), 11, 8, () => new Float32Array(2 * 16).fill(3)).read(
    embeddingName,
    [11, 16],
  );
  t.deepEqual(table.subarray(8 * 16, 10 * 16), new Float32Array(2 * 16).fill(3));
  t.deepEqual(table.subarray(10 * 16), source.read(embeddingName, [11, 16]).subarray(10 * 16));
});
