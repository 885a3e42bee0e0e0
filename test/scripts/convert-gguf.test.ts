import { existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { openBaseModel } from '../../orchestrator/models/base-model.ts';
import { initialWeights } from '../../orchestrator/models/checkpoint.ts';
import { headSizes, type LlamaConfig, parseLlamaConfig } from '../../orchestrator/models/llama/config.ts';
import { llama } from '../../orchestrator/models/llama/llama.ts';
import { tensorSpecs } from '../../orchestrator/models/llama/tensors.ts';
import type { WeightSource } from '../../orchestrator/models/model.ts';
import type { UserError } from '../../orchestrator/shared/errors.ts';
import { loadBaseTokenizer } from '../../orchestrator/vocabulary/load-base-tokenizer.ts';
import { loadRuntime, runtimeNames } from '../../orchestrator/vocabulary/runtimes.ts';
import { convertGguf } from '../../scripts/convert-gguf.ts';
import { dequantise } from '../../scripts/gguf/dequantise.ts';
import { referenceLogits } from '../models/reference-decoder.ts';
import { lively, tinyConfig } from '../models/tiny-model.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { floatBytes, type RawGguf, types, writeGguf } from './gguf-files.ts';

/** Every letter alone, two merges, and two tokens that are no text. */
const letters = ['<|end|>', '<|start|>', ...'abcdefgh', 'Ġ', 'ab', 'Ġab', '1', '2'];

/** What llama.cpp makes of a tiny LLaMA: its names, and its order of query and key rows. */
function llamaFile(t: ExecutionContext, change: (raw: RawGguf) => void = () => {}) {
  const config = tinyConfig({ vocab_size: letters.length, num_key_value_heads: 2, rope_theta: 5000 });
  const source = lively(initialWeights(llama(config), 3));
  const path = join(temporaryFolder(t), 'tiny.gguf');
  const raw: RawGguf = {
    metadata: [
      ['general.architecture', types.text, 'llama'],
      ['llama.block_count', types.uint32, config.num_hidden_layers],
      ['llama.context_length', types.uint32, 64],
      ['llama.embedding_length', types.uint32, config.hidden_size],
      ['llama.feed_forward_length', types.uint32, config.intermediate_size],
      ['llama.attention.head_count', types.uint32, config.num_attention_heads],
      ['llama.attention.head_count_kv', types.uint32, 2],
      ['llama.rope.freq_base', types.float32, 5000],
      ['llama.attention.layer_norm_rms_epsilon', types.float32, 1e-6],
      ['tokenizer.ggml.model', types.text, 'gpt2'],
      ['tokenizer.ggml.pre', types.text, 'smollm'],
      ['tokenizer.ggml.tokens', types.texts, letters],
      ['tokenizer.ggml.token_type', types.numbers, letters.map((_, id) => (id < 2 ? 3 : 1))],
      ['tokenizer.ggml.merges', types.texts, ['a b', 'Ġ ab']],
      ['tokenizer.ggml.bos_token_id', types.uint32, 1],
      ['tokenizer.ggml.eos_token_id', types.uint32, 0],
      ['tokenizer.ggml.add_bos_token', types.bool, false],
    ],
    tensors: tensorSpecs(config).map(({ name, shape }) => ({
      name: ggufName(name),
      shape: [...shape],
      type: 0,
      bytes: floatBytes(turnedPairs(name, [...shape], source.read(name, shape), config)),
    })),
  };
  change(raw);
  writeGguf(path, raw);
  return { path, config, source, folder: join(temporaryFolder(t), 'converted') };
}

function ggufName(name: string): string {
  const parts: [RegExp, string][] = [
    [/^model\.embed_tokens/, 'token_embd'],
    [/^model\.norm/, 'output_norm'],
    [/^model\.layers/, 'blk'],
    [/self_attn\.o_proj/, 'attn_output'],
    [/self_attn\.(.)_proj/, 'attn_$1'],
    [/mlp\.(\w+)_proj/, 'ffn_$1'],
    [/input_layernorm/, 'attn_norm'],
    [/post_attention_layernorm/, 'ffn_norm'],
  ];
  return parts.reduce((own, [from, to]) => own.replace(from, to), name);
}

/** llama.cpp's order: of each head dimension 0, dimension half, dimension 1, dimension half + 1, … */
function turnedPairs(name: string, [rows, width]: number[], values: Float32Array, config: LlamaConfig) {
  if (!/[qk]_proj/.test(name)) return values;
  const { headSize } = headSizes(config);
  const half = headSize / 2;
  const order = Array.from({ length: rows }, (_, row) => {
    const [head, place] = [Math.floor(row / headSize), row % headSize];
    return head * headSize + (place % 2 === 0 ? place / 2 : half + (place - 1) / 2);
  });
  return order.flatMap((row) => [...values.subarray(row * width, (row + 1) * width)]);
}

test('a converted model computes what the original did', async (t) => {
  const { path, config, source, folder } = llamaFile(t);
  await convertGguf(path, folder);
  const base = await openBaseModel(folder);
  const converted = parseLlamaConfig(base.definition.config, folder);
  t.like(converted, {
    rope_theta: 5000,
    rms_norm_eps: 1e-6,
    tie_word_embeddings: true,
    num_key_value_heads: 2,
  });
  t.like(converted, { bos_token_id: 1, eos_token_id: 0, max_position_embeddings: 64 });
  const tokens = [2, 5, 11, 7, 3];
  const logits = referenceLogits(converted, base.weights as WeightSource, tokens);
  t.deepEqual(logits, referenceLogits({ ...config, rms_norm_eps: 1e-6 }, source, tokens));
  base.weights.close();
});

test('its tokenizer cuts digits apart, merges as told, and keeps special tokens whole', async (t) => {
  const { path, folder } = llamaFile(t);
  await convertGguf(path, folder);
  const files = await loadBaseTokenizer(folder);
  t.like(files.config, { bos_token: '<|start|>', eos_token: '<|end|>', add_bos_token: false });
  const ids = (text: string[]) => text.map((token) => letters.indexOf(token));
  for (const name of runtimeNames) {
    const { encode } = await loadRuntime(name, folder);
    const [cut, special] = await encode(['abc ab12', '<|start|>ba']);
    t.deepEqual([...cut], ids(['ab', 'c', 'Ġab', '1', '2']), name);
    t.deepEqual([...special], ids(['<|start|>', 'b', 'a']), name);
  }
});

test('blocks of quantised numbers stand for what GGML says', (t) => {
  // Scale 0.5 (0x3800), least -1 (0xbc00); quanta 1 below, 15 above.
  const q4_1 = Buffer.concat([Buffer.of(0, 0x38, 0, 0xbc), Buffer.alloc(16, 0xf1)]);
  t.deepEqual([...dequantise(3, q4_1, 32)], [...Array(16).fill(-0.5), ...Array(16).fill(6.5)]);
  const q4_0 = Buffer.concat([Buffer.of(0, 0x38), Buffer.alloc(16, 0x80)]);
  t.deepEqual([...dequantise(2, q4_0, 32)], [...Array(16).fill(-4), ...Array(16).fill(0)]);
  const q8_0 = Buffer.concat([
    Buffer.of(0, 0x38),
    Buffer.from(Int8Array.from({ length: 32 }, (_, at) => at - 16).buffer),
  ]);
  t.deepEqual(
    [...dequantise(8, q8_0, 32)],
    Array.from({ length: 32 }, (_, at) => (at - 16) / 2),
  );
  t.deepEqual([...dequantise(1, Buffer.of(0, 0x38, 0, 0xbc), 2)], [0.5, -1]);
  t.deepEqual([...dequantise(30, Buffer.of(0x80, 0x3f, 0, 0xc0), 2)], [1, -2]);
});

const broken: Record<string, [(path: string) => void, string, RegExp]> = {
  'a file of another kind': [
    (path) => writeFileSync(path, 'PK something'),
    'gguf/broken',
    /begin with "GGUF"/,
  ],
  'a file that was cut within its header': [
    (path) => truncateSync(path, 200),
    'gguf/broken',
    /ends at byte 200/,
  ],
  'a file that was cut within its weights': [
    (path) => truncateSync(path, readFileSync(path).length - 64),
    'gguf/broken',
    /ends behind the end of the file/,
  ],
};

for (const [name, [change, code, says]] of Object.entries(broken))
  test(`${name} is a clear error, and nothing is written`, async (t) => {
    const { path, folder } = llamaFile(t);
    change(path);
    const error = await t.throwsAsync<UserError>(convertGguf(path, folder));
    t.is(error.code, code);
    t.regex(error.message, says);
    t.is(error.place, path);
    t.false(existsSync(folder));
  });

const refused: Record<string, [(raw: RawGguf) => void, string, RegExp]> = {
  'another architecture': [({ metadata }) => (metadata[0][2] = 'mamba'), 'gguf/other-architecture', /mamba/],
  'another tokenizer': [({ metadata }) => (metadata[9][2] = 'llama'), 'gguf/other-tokenizer', /"llama"/],
  'scaled positions': [
    ({ tensors }) => tensors.push({ name: 'rope_freqs.weight', shape: [1], type: 0, bytes: floatBytes([1]) }),
    'gguf/scaled-positions',
    /rotary/,
  ],
  'weights packed in another way': [({ tensors }) => (tensors[3].type = 14), 'gguf/unknown-type', /type 14/],
  'no embedding': [({ tensors }) => tensors.shift(), 'model/unsupported-config', /vocab_size/],
};

for (const [name, [change, code, says]] of Object.entries(refused))
  test(`a file with ${name} is refused before anything is written`, async (t) => {
    const { path, folder } = llamaFile(t, change);
    const error = await t.throwsAsync<UserError>(convertGguf(path, folder));
    t.is(error.code, code);
    t.regex(error.message, says);
    t.truthy(error.remedy);
    t.false(existsSync(folder));
  });
