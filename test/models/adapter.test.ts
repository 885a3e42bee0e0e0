import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { mergedWeights, saveAdapter } from '../../orchestrator/models/adapter.ts';
import { initialWeights } from '../../orchestrator/models/checkpoint.ts';
import type { LlamaConfig } from '../../orchestrator/models/llama/config.ts';
import { llama } from '../../orchestrator/models/llama/llama.ts';
import { projectionNames } from '../../orchestrator/models/llama/tensors.ts';
import { loadAdapter } from '../../orchestrator/models/load-adapter.ts';
import { loraModel } from '../../orchestrator/models/lora.ts';
import { frozenModel } from '../../orchestrator/models/model-tensors.ts';
import type { UserError } from '../../orchestrator/shared/errors.ts';
import { readSafetensors, writeSafetensors } from '../../orchestrator/storage/safetensors.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { engineLogits, largestGap } from './engine-logits.ts';
import { rawTensor, writeRawSafetensors } from './model-folders.ts';
import { referenceLogits } from './reference-decoder.ts';
import { lively, tinyConfig } from './tiny-model.ts';

const tokens = [1, 7, 4, 9, 10];
const options = {
  lora_r: 2,
  lora_alpha: 6,
  lora_dropout: 0.05,
  lora_target_modules: projectionNames,
  base_model_name_or_path: 'base',
  firstNewToken: 6,
  seed: 1,
};

/** A base and an adapter of it that says something: every trained number is moved. */
function trained(change: Partial<LlamaConfig> = {}, lora: Partial<typeof options> = {}) {
  const config = tinyConfig({ num_key_value_heads: 2, ...change });
  const base = lively(initialWeights(llama(config), 3));
  const model = loraModel(llama(config), base, { ...options, ...lora });
  for (let at = 0; at < model.store.values.length; at++) model.store.values[at] += 0.1 * Math.sin(at);
  return { config, base, model };
}

/** The adapter of `trained()` in a folder. */
function savedAdapter(t: ExecutionContext): string {
  const folder = temporaryFolder(t);
  const { config, model } = trained();
  saveAdapter(folder, llama(config), model.store, options);
  return folder;
}

for (const tie_word_embeddings of [true, false]) {
  test(`an adapter that was saved and loaded gives equal logits (tied head: ${tie_word_embeddings})`, async (t) => {
    const folder = temporaryFolder(t);
    const { config, base, model } = trained({ tie_word_embeddings });
    saveAdapter(folder, llama(config), model.store, options);
    const loaded = loadAdapter(folder, llama(config), base);
    t.deepEqual(loaded.model.store.values, model.store.values);
    t.deepEqual(loaded.options, {
      ...options,
      lora_target_modules: [...projectionNames],
      seed: 0,
    });
    t.deepEqual(await engineLogits(loaded.model, tokens), await engineLogits(model, tokens));
  });

  test(`a merged model gives the logits of base and adapter (tied head: ${tie_word_embeddings})`, async (t) => {
    const { config, base, model } = trained({ tie_word_embeddings });
    const expected = await engineLogits(model, tokens);
    const merged = mergedWeights(base, llama(config), model.store, options);
    t.true(largestGap(await engineLogits(frozenModel(llama(config), merged), tokens), expected) < 1e-4);
    t.true(largestGap(referenceLogits(config, merged, tokens), expected) < 1e-4);
    t.true(largestGap(referenceLogits(config, base, tokens), expected) > 0.1);
  });
}

test('an adapter on some projections and without added tokens is saved, loaded and merged', async (t) => {
  const folder = temporaryFolder(t);
  const some = { lora_target_modules: ['q_proj', 'v_proj'] as never, firstNewToken: 11 };
  const { config, base, model } = trained({}, some);
  saveAdapter(folder, llama(config), model.store, { ...options, ...some });
  t.is(JSON.parse(readFileSync(join(folder, 'adapter_config.json'), 'utf8')).trainable_token_indices, null);
  const loaded = loadAdapter(folder, llama(config), base);
  const expected = await engineLogits(model, tokens);
  t.deepEqual(await engineLogits(loaded.model, tokens), expected);
  const merged = mergedWeights(base, llama(config), loaded.model.store, loaded.options);
  t.true(largestGap(referenceLogits(config, merged, tokens), expected) < 1e-4);
});

test('the files carry the names of PEFT, and rows of added tokens in place of whole embeddings', (t) => {
  const folder = temporaryFolder(t);
  const { config, model } = trained({ tie_word_embeddings: false });
  saveAdapter(folder, llama(config), model.store, options);
  const tensors = readSafetensors(join(folder, 'adapter_model.safetensors'));
  t.deepEqual(
    tensors['base_model.model.model.embed_tokens.token_adapter.trainable_tokens_delta'].shape,
    [5, 16],
  );
  t.deepEqual(tensors['base_model.model.lm_head.token_adapter.trainable_tokens_delta'].shape, [5, 16]);
  t.deepEqual(tensors['base_model.model.model.layers.1.mlp.down_proj.lora_A.weight'].shape, [2, 24]);
  t.deepEqual(tensors['base_model.model.model.layers.0.self_attn.k_proj.lora_B.weight'].shape, [8, 2]);
  t.is(Object.keys(tensors).length, 2 + 2 * 7 * 2);
  t.deepEqual(JSON.parse(readFileSync(join(folder, 'adapter_config.json'), 'utf8')).trainable_token_indices, {
    embed_tokens: [6, 7, 8, 9, 10],
    lm_head: [6, 7, 8, 9, 10],
  });
});

test('rows of single tokens, in any order and half precision, are put where they belong', (t) => {
  const folder = savedAdapter(t);
  setConfig(folder, { trainable_token_indices: { 'model.embed_tokens': [9, 7] } });
  const path = join(folder, 'adapter_model.safetensors');
  const stored = readSafetensors(path);
  const name = 'base_model.model.model.embed_tokens.token_adapter.trainable_tokens_delta';
  const rows = Float32Array.from({ length: 32 }, (_, at) => (at < 16 ? 1.5 : -0.25));
  writeRawSafetensors(
    path,
    Object.fromEntries(
      Object.entries(stored).map(([key, { shape, data }]) => [
        key,
        key === name ? rawTensor(rows, [2, 16], 'BF16') : rawTensor(data as Float32Array, shape),
      ]),
    ),
  );
  const { config, base } = trained();
  const { model, options: loaded } = loadAdapter(folder, llama(config), base);
  t.is(loaded.firstNewToken, 7);
  const table = mergedWeights(base, llama(config), model.store, loaded).read(
    'model.embed_tokens.weight',
    [11, 16],
  );
  const before = base.read('model.embed_tokens.weight', [11, 16]);
  t.deepEqual(table.subarray(7 * 16, 8 * 16), new Float32Array(16).fill(-0.25));
  t.deepEqual(table.subarray(9 * 16, 10 * 16), new Float32Array(16).fill(1.5));
  for (const row of [0, 6, 8, 10])
    t.deepEqual(table.subarray(row * 16, row * 16 + 16), before.subarray(row * 16, row * 16 + 16));
});

const refused: Record<string, [Record<string, unknown>, RegExp]> = {
  DoRA: [{ use_dora: true }, /use_dora: true is not computed here/],
  'rank-stabilised scaling': [{ use_rslora: true }, /use_rslora/],
  'ranks by pattern': [{ rank_pattern: { q_proj: 4 } }, /rank_pattern: \{"q_proj":4\}/],
  'whole saved modules': [{ modules_to_save: ['lm_head'] }, /modules_to_save: \["lm_head"\]/],
  biases: [{ bias: 'all' }, /bias: trained biases/],
  'some layers alone': [{ layers_to_transform: [0] }, /layers_to_transform/],
  'modules by a pattern of text': [{ target_modules: '.*_proj' }, /target_modules: expected some of q_proj/],
  'another method': [{ peft_type: 'IA3' }, /peft_type: expected "LORA", got "IA3"/],
  'a start that changes the base': [{ init_lora_weights: 'pissa' }, /init_lora_weights: a start by "pissa"/],
  'no rank': [{ r: undefined }, /r: /],
};

for (const [name, [change, says]] of Object.entries(refused))
  test(`an adapter with ${name} is refused by name`, (t) => {
    const folder = savedAdapter(t);
    setConfig(folder, change);
    const { config, base } = trained();
    const error = t.throws<UserError>(() => loadAdapter(folder, llama(config), base), { name: 'UserError' });
    t.is(error.code, 'model/unsupported-adapter');
    t.regex(error.message, says);
    t.is(error.place, join(folder, 'adapter_config.json'));
    t.truthy(error.remedy);
  });

test('all settings that are not computed are named together', (t) => {
  const folder = savedAdapter(t);
  setConfig(folder, { use_dora: true, bias: 'all', modules_to_save: ['lm_head'] });
  const { config, base } = trained();
  const error = t.throws(() => loadAdapter(folder, llama(config), base));
  for (const setting of ['use_dora', 'bias', 'modules_to_save']) t.true(error.message.includes(setting));
});

const foreign: Record<string, [Partial<LlamaConfig>, RegExp]> = {
  'other sizes': [
    { intermediate_size: 40 },
    /down_proj\.lora_A\.weight" is \[2,24\], the base asks for \[2,40\]/,
  ],
  'fewer layers': [{ num_hidden_layers: 1 }, /layers\.1\.[^"]+" is there/],
  'more layers': [{ num_hidden_layers: 3 }, /layers\.2\.[^"]+" is missing/],
  'fewer tokens': [{ vocab_size: 9 }, /tokens up to id 10, the base has rows up to id 8/],
};

for (const [name, [change, says]] of Object.entries(foreign))
  test(`an adapter of a base with ${name} is a clear error`, (t) => {
    const folder = savedAdapter(t);
    const { config, base } = trained(change);
    const error = t.throws<UserError>(() => loadAdapter(folder, llama(config), base), { name: 'UserError' });
    t.is(error.code, 'model/adapter-of-another-base');
    t.regex(error.message, says);
    t.truthy(error.remedy);
  });

test('whole embeddings in an adapter are refused with the way to leave them out', (t) => {
  const folder = savedAdapter(t);
  const path = join(folder, 'adapter_model.safetensors');
  const whole = { shape: [11, 16], data: new Float32Array(11 * 16) };
  writeSafetensors(path, { ...readSafetensors(path), 'base_model.model.model.embed_tokens.weight': whole });
  const { config, base } = trained();
  const error = t.throws<UserError>(() => loadAdapter(folder, llama(config), base), { name: 'UserError' });
  t.regex(error.message, /embed_tokens\.weight" is there/);
  t.regex(error.remedy ?? '', /save_embedding_layers=False/);
});

test('an adapter that is pickled, or not there, is a clear error', (t) => {
  const folder = savedAdapter(t);
  const { config, base } = trained();
  const path = join(folder, 'adapter_model.safetensors');
  renameSync(path, join(folder, 'adapter_model.bin'));
  const pickled = t.throws<UserError>(() => loadAdapter(folder, llama(config), base), { name: 'UserError' });
  t.is(pickled.code, 'model/pickle-only');
  rmSync(join(folder, 'adapter_model.bin'));
  const absent = t.throws<UserError>(() => loadAdapter(folder, llama(config), base), { name: 'UserError' });
  t.is(absent.code, 'safetensors/unreadable');
  rmSync(join(folder, 'adapter_config.json'));
  const nothing = t.throws<UserError>(() => loadAdapter(folder, llama(config), base), { name: 'UserError' });
  t.is(nothing.code, 'file/unreadable');
});

function setConfig(folder: string, change: Record<string, unknown>): void {
  const path = join(folder, 'adapter_config.json');
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...change }));
}
