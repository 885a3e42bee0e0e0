import {
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { openBaseModel } from '../../orchestrator/models/base-model.ts';
import { UserError } from '../../orchestrator/shared/errors.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { rawTensor, tinyModel, writeModel } from './model-folders.ts';

interface Broken {
  /** Breaks a model folder that was whole. */
  change: (folder: string) => void;
  shards?: number;
  code: string;
  says: RegExp;
  place?: RegExp;
}

const broken: Record<string, Broken> = {
  'a truncated file': {
    change: (folder) => truncateSync(join(folder, 'model.safetensors'), 9000),
    code: 'safetensors/broken',
    says: /ends at byte \d+, the file has 9000/,
    place: /model\.safetensors$/,
  },
  'an empty file': {
    change: (folder) => truncateSync(join(folder, 'model.safetensors'), 0),
    code: 'safetensors/broken',
    says: /it has 0 bytes/,
  },
  'a header longer than the file': {
    change: (folder) => overwrite(folder, (bytes) => bytes.writeBigUInt64LE(1n << 40n)),
    code: 'safetensors/broken',
    says: /its header claims 1099511627776 bytes/,
  },
  'a header that is not JSON': {
    change: (folder) => overwrite(folder, (bytes) => bytes.write('][', 8)),
    code: 'safetensors/broken',
    says: /header is not JSON/,
  },
  'a header that is no table': {
    change: (folder) => writeFileSync(join(folder, 'model.safetensors'), headerOnly('null')),
    code: 'safetensors/broken',
    says: /not a table of tensors/,
  },
  'a tensor without a shape': {
    change: (folder) =>
      writeFileSync(
        join(folder, 'model.safetensors'),
        headerOnly('{"a":{"dtype":"F32","data_offsets":[0,0]}}'),
      ),
    code: 'safetensors/broken',
    says: /"a" has no shape/,
  },
  'weights of an unknown type': {
    change: (folder) =>
      writeFileSync(
        join(folder, 'model.safetensors'),
        headerOnly('{"a":{"dtype":"F8_E4M3","shape":[0],"data_offsets":[0,0]}}'),
      ),
    code: 'safetensors/unknown-type',
    says: /type "F8_E4M3", known are F32/,
  },
  'weights of a type that is no text': {
    change: (folder) =>
      writeFileSync(
        join(folder, 'model.safetensors'),
        headerOnly('{"a":{"dtype":{"toString":1},"shape":[0],"data_offsets":[0,0]}}'),
      ),
    code: 'safetensors/unknown-type',
    says: /type \{"toString":1\}, known are F32/,
  },
  'a missing tensor': {
    change: (folder) => rewrite(folder, (model) => delete model.tensors['model.norm.weight']),
    code: 'model/wrong-weights',
    says: /"model\.norm\.weight" is missing/,
  },
  'a head that is neither there nor tied': {
    change: (folder) => setConfig(folder, { tie_word_embeddings: false }),
    code: 'model/wrong-weights',
    says: /"lm_head\.weight" is missing; .*"tie_word_embeddings": true/,
  },
  'a tensor of another shape': {
    change: (folder) => setConfig(folder, { intermediate_size: 32 }),
    code: 'model/wrong-weights',
    says: /"model\.layers\.0\.mlp\.gate_proj\.weight" is \[24,16\], config\.json asks for \[32,16\]/,
  },
  'biases that no LLaMA has': {
    change: (folder) =>
      rewrite(folder, (model) => {
        model.tensors['model.layers.0.self_attn.q_proj.bias'] = rawTensor(new Float32Array(16), [16]);
      }),
    code: 'model/wrong-weights',
    says: /q_proj\.bias" is there, and no LLaMA/,
  },
  'more layers than config.json says': {
    change: (folder) => setConfig(folder, { num_hidden_layers: 1 }),
    code: 'model/wrong-weights',
    says: /"model\.layers\.1\.[^"]+" is there/,
  },
  'layers by the billion': {
    change: (folder) => setConfig(folder, { num_hidden_layers: 2 ** 31 }),
    code: 'model/unsupported-config',
    says: /num_hidden_layers: Too big: expected number to be <=1000/,
  },
  'a missing shard': {
    change: (folder) => rmSync(join(folder, 'model-00002-of-00003.safetensors')),
    shards: 3,
    code: 'model/missing-shard',
    says: /names 3 files, 1 of them missing: model-00002-of-00003\.safetensors/,
    place: /model\.safetensors\.index\.json$/,
  },
  'a shard outside the folder': {
    change: (folder) => setIndex(folder, '../model-00001-of-00003.safetensors'),
    shards: 3,
    code: 'model/broken-index',
    says: /not a plain path inside the folder/,
  },
  'a shard by an absolute path': {
    change: (folder) => setIndex(folder, '/etc/hostname'),
    shards: 3,
    code: 'model/broken-index',
    says: /not a plain path inside the folder/,
  },
  'an index without a map': {
    change: (folder) => writeFileSync(join(folder, 'model.safetensors.index.json'), '{"metadata":{}}'),
    shards: 3,
    code: 'model/broken-index',
    says: /no "weight_map"/,
  },
  'an index that names no file for a tensor': {
    change: (folder) => {
      const path = join(folder, 'model.safetensors.index.json');
      writeFileSync(
        path,
        JSON.stringify({ weight_map: { 'model.norm.weight': 'model-00001-of-00003.safetensors' } }),
      );
    },
    shards: 3,
    code: 'model/wrong-weights',
    says: /is missing/,
  },
  'a GPT-2': {
    change: (folder) => setConfig(folder, { model_type: 'gpt2' }),
    code: 'model/unknown-type',
    says: /model_type is "gpt2", and this engine computes llama, qwen2, qwen3, smollm3, t5, eager/,
    place: /config\.json$/,
  },
  'a type that is no text': {
    change: (folder) => setConfig(folder, { model_type: { toString: 1 } }),
    code: 'model/unknown-type',
    says: /model_type is \{"toString":1\}, and this engine computes llama/,
  },
  'a Qwen2 without its biases': {
    change: (folder) => setConfig(folder, { model_type: 'qwen2', num_key_value_heads: null }),
    code: 'model/wrong-weights',
    says: /q_proj\.bias" is missing/,
  },
  'a Qwen3 that looks back over a window': {
    change: (folder) => setConfig(folder, { model_type: 'qwen3', use_sliding_window: true }),
    code: 'model/unsupported-config',
    says: /is not a Qwen3 that this engine supports:\n {2}use_sliding_window: expected false, got true/,
  },
  'layers without positions for too few layers': {
    change: (folder) => setConfig(folder, { model_type: 'smollm3', no_rope_layers: [1] }),
    code: 'model/unsupported-config',
    says: /no_rope_layers names 1 layers, and num_hidden_layers is 2/,
  },
  'a quantised model': {
    change: (folder) => setConfig(folder, { quantization_config: { quant_method: 'gptq' } }),
    code: 'model/unsupported-config',
    says: /quantization_config: the weights are quantised/,
  },
  'heads that do not divide the hidden size': {
    change: (folder) => setConfig(folder, { num_attention_heads: 3 }),
    code: 'model/unsupported-config',
    says: /hidden_size 16 over 3 heads/,
  },
  'query heads that do not divide among key heads': {
    change: (folder) => setConfig(folder, { num_key_value_heads: 3 }),
    code: 'model/unsupported-config',
    says: /num_attention_heads \(4\) is not a multiple of num_key_value_heads \(3\)/,
  },
  'longrope positions': {
    change: (folder) => setConfig(folder, { rope_scaling: { rope_type: 'longrope', factor: 4 } }),
    code: 'model/unsupported-config',
    says: /rope_scaling\.rope_type: "longrope" is not computed here; supported are default, linear, dynamic, llama3, yarn/,
  },
  'llama3 positions without their factors': {
    change: (folder) => setConfig(folder, { rope_parameters: { rope_type: 'llama3', factor: 4 } }),
    code: 'model/unsupported-config',
    says: /rope type "llama3" needs low_freq_factor/,
  },
  'no config.json': {
    change: (folder) => rmSync(join(folder, 'config.json')),
    code: 'file/unreadable',
    says: /the file is missing/,
  },
  'a config.json of one word': {
    change: (folder) => writeFileSync(join(folder, 'config.json'), '"llama"'),
    code: 'model/unknown-type',
    says: /model_type is missing/,
  },
  'a vocabulary smaller than the tokenizer': {
    change: (folder) =>
      writeFileSync(
        join(folder, 'tokenizer.json'),
        JSON.stringify({ model: { vocab: { a: 0 } }, added_tokens: [{ id: 11 }] }),
      ),
    code: 'model/vocabulary-too-small',
    says: /ids up to 11, the model has rows for ids up to 10/,
    place: /tokenizer\.json$/,
  },
  'pickled weights alone': {
    change: (folder) => {
      rmSync(join(folder, 'model.safetensors'));
      writeFileSync(join(folder, 'pytorch_model.bin'), 'x');
    },
    code: 'model/pickle-only',
    says: /exist only as pytorch_model\.bin.*expected model\.safetensors/,
  },
  'weights in another packing': {
    change: (folder) => {
      rmSync(join(folder, 'model.safetensors'));
      writeFileSync(join(folder, 'model.Q4.gguf'), 'x');
    },
    code: 'model/no-weights',
    says: /model\.Q4\.gguf, whose weights are packed for another engine/,
  },
  'a pointer of Git LFS for its weights': {
    change: (folder) =>
      writeFileSync(join(folder, 'model.safetensors'), 'version https://git-lfs.github.com/spec/v1\noid x\n'),
    code: 'safetensors/pointer',
    says: /pointer of Git LFS/,
  },
  'a pointer of Git LFS for its tokenizer': {
    change: (folder) =>
      writeFileSync(join(folder, 'tokenizer.json'), 'version https://git-lfs.github.com/spec/v1\noid x\n'),
    code: 'file/not-json',
    says: /pointer of Git LFS/,
  },
  'shards and no index': {
    change: (folder) => rmSync(join(folder, 'model.safetensors.index.json')),
    shards: 3,
    code: 'model/no-index',
    says: /and no model\.safetensors\.index\.json/,
  },
  'an adapter alone': {
    change: (folder) => renameSync(join(folder, 'config.json'), join(folder, 'adapter_config.json')),
    code: 'model/adapter-alone',
    says: /an adapter of PEFT, and no model/,
  },
  'another folder that it lies in': {
    change: (folder) => {
      const inner = join(folder, 'snapshots', 'abc');
      mkdirSync(inner, { recursive: true });
      renameSync(join(folder, 'config.json'), join(inner, 'config.json'));
    },
    code: 'model/in-another-folder',
    says: /lies deeper, in snapshots\/abc/,
  },
  'no weights at all': {
    change: (folder) => rmSync(join(folder, 'model.safetensors')),
    code: 'model/no-weights',
    says: /the folder holds config\.json/,
  },
};

for (const [name, { change, shards = 1, code, says, place }] of Object.entries(broken))
  test(`a base model with ${name} is a clear error`, async (t) => {
    const folder = writeModel(temporaryFolder(t), tinyModel(), shards);
    change(folder);
    const error = await t.throwsAsync<UserError>(openBaseModel(folder), { instanceOf: UserError });
    t.is(error.code, code);
    t.regex(error.message, says);
    t.true(error.place?.startsWith(folder), error.place);
    if (place) t.regex(error.place ?? '', place);
    t.truthy(error.remedy);
  });

test('weights that were saved without their head are told by their names', async (t) => {
  const model = tinyModel();
  const bare = Object.entries(model.tensors).map(([name, tensor]) => [name.replace(/^model\./, ''), tensor]);
  const folder = writeModel(temporaryFolder(t), { ...model, tensors: Object.fromEntries(bare) });
  const { remedy } = await t.throwsAsync<UserError>(openBaseModel(folder), { instanceOf: UserError });
  t.regex(remedy ?? '', /call it "embed_tokens\.weight": save the model as a LlamaForCausalLM/);
});

test('a path that leads nowhere, and a file in place of a folder, are clear errors', async (t) => {
  const folder = temporaryFolder(t);
  const absent = await t.throwsAsync<UserError>(openBaseModel(join(folder, 'absent')));
  t.is(absent.code, 'model/not-found');
  copyFileSync(import.meta.filename, join(folder, 'file'));
  const file = await t.throwsAsync<UserError>(openBaseModel(join(folder, 'file')));
  t.is(file.code, 'model/not-a-folder');
});

function setConfig(folder: string, change: Record<string, unknown>): void {
  const path = join(folder, 'config.json');
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...change }));
}

function setIndex(folder: string, file: string): void {
  const path = join(folder, 'model.safetensors.index.json');
  const index = JSON.parse(readFileSync(path, 'utf8'));
  index.weight_map['model.norm.weight'] = file;
  writeFileSync(path, JSON.stringify(index));
}

function rewrite(folder: string, change: (model: ReturnType<typeof tinyModel>) => void): void {
  const model = tinyModel();
  change(model);
  writeModel(folder, model);
}

function overwrite(folder: string, change: (bytes: Buffer) => void): void {
  const path = join(folder, 'model.safetensors');
  const bytes = readFileSync(path);
  change(bytes);
  writeFileSync(path, bytes);
}

function headerOnly(text: string): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, Buffer.from(text)]);
}
