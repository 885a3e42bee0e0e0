import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { initialWeights } from '../../orchestrator/models/checkpoint.ts';
import type { LlamaConfig } from '../../orchestrator/models/llama/config.ts';
import { llama } from '../../orchestrator/models/llama/llama.ts';
import { tensorSpecs } from '../../orchestrator/models/llama/tensors.ts';
import type { WeightSource } from '../../orchestrator/models/model.ts';
import { saveModelConfig } from '../../orchestrator/models/registry.ts';
import { lively, tinyConfig } from './tiny-model.ts';

export type WeightType = 'F32' | 'F16' | 'BF16';

/** Tensors as another program would write them: the header and the bytes put together by hand. */
export interface RawTensor {
  dtype: string;
  shape: readonly number[];
  bytes: Uint8Array;
}

export function rawTensor(
  values: Float32Array,
  shape: readonly number[],
  dtype: WeightType = 'F32',
): RawTensor {
  const data =
    dtype === 'F32' ? values : Uint16Array.from(values, dtype === 'BF16' ? bfloat16Bits : float16Bits);
  return { dtype, shape, bytes: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
}

export function writeRawSafetensors(path: string, tensors: Record<string, RawTensor>): void {
  const header: Record<string, unknown> = {};
  let offset = 0;
  for (const [name, { dtype, shape, bytes }] of Object.entries(tensors)) {
    header[name] = { dtype, shape, data_offsets: [offset, offset + bytes.length] };
    offset += bytes.length;
  }
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  writeFileSync(path, Buffer.concat([length, text, ...Object.values(tensors).map(({ bytes }) => bytes)]));
}

export interface TinyModel {
  config: LlamaConfig;
  source: WeightSource;
  tensors: Record<string, RawTensor>;
}

/** A tiny LLaMA's tensors; `change` alters them before they are written. */
export function tinyModel(change: Partial<LlamaConfig> = {}, dtype: WeightType = 'F32'): TinyModel {
  const config = tinyConfig(change);
  const source = lively(initialWeights(llama(config), 3));
  const tensors = Object.fromEntries(
    tensorSpecs(config).map(({ name, shape }) => [name, rawTensor(source.read(name, shape), shape, dtype)]),
  );
  return { config, source, tensors };
}

/** Writes config.json and the weights, in `shards` files when it is more than one; gives the folder. */
export function writeModel(folder: string, { config, tensors }: TinyModel, shards = 1): string {
  mkdirSync(folder, { recursive: true });
  saveModelConfig(folder, llama(config));
  if (shards === 1) {
    writeRawSafetensors(join(folder, 'model.safetensors'), tensors);
    return folder;
  }
  const names = Object.keys(tensors);
  const weight_map: Record<string, string> = {};
  for (let shard = 0; shard < shards; shard++) {
    const file = `model-0000${shard + 1}-of-0000${shards}.safetensors`;
    const own = names.filter((_, at) => at % shards === shard);
    for (const name of own) weight_map[name] = file;
    writeRawSafetensors(join(folder, file), Object.fromEntries(own.map((name) => [name, tensors[name]])));
  }
  writeFileSync(join(folder, 'model.safetensors.index.json'), JSON.stringify({ metadata: {}, weight_map }));
  return folder;
}

/** The nearest value below in size; enough for a test that compares with what was written. */
function bfloat16Bits(value: number): number {
  return new Uint32Array(Float32Array.of(value).buffer)[0] >>> 16;
}

/** Cuts the fraction; values below the normal range become subnormal, as the format has it. */
function float16Bits(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (size < 2 ** -14) return sign | Math.trunc(size * 2 ** 24);
  const exponent = Math.floor(Math.log2(size));
  return sign | ((exponent + 15) << 10) | Math.trunc((size / 2 ** exponent - 1) * 1024);
}
