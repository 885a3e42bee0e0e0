import { existsSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { z } from 'zod';
import { UserError } from '../shared/errors.ts';
import { createRandom } from '../shared/random.ts';
import { readJson } from '../storage/json-file.ts';
import {
  openSafetensors,
  type Safetensors,
  type StoredTensor,
  writeSafetensors,
} from '../storage/safetensors.ts';
import { type LlamaConfig, saveLlamaConfig } from './config.ts';
import type { WeightSource } from './model-tensors.ts';
import { tensorSpecs } from './tensors.ts';

const shardIndexSchema = z.looseObject({ weight_map: z.record(z.string(), z.string()) });

/** A Hugging Face checkpoint folder: `model.safetensors`, or shards named by `model.safetensors.index.json`. */
export function openCheckpoint(folder: string): WeightSource & { close(): void } {
  const files = new Map<string, Safetensors>();
  const open = (name: string): Safetensors => {
    const file = files.get(name) ?? openSafetensors(join(folder, name));
    files.set(name, file);
    return file;
  };
  const shardOf = shardLocator(folder);
  return {
    read(name, shape) {
      const { data, shape: stored } = open(shardOf(name)).read(name);
      if (stored.length !== shape.length || stored.some((size, axis) => size !== shape[axis]))
        throw new UserError(
          'model/wrong-shape',
          `tensor "${name}" is [${stored}], config.json asks for [${shape}]`,
          {
            place: folder,
            remedy: 'config.json and the weights do not belong together: copy both from one model.',
          },
        );
      return data instanceof Float32Array ? data : Float32Array.from(data as Float64Array);
    },
    close() {
      for (const file of files.values()) file.close();
    },
  };
}

/** Writes `config.json` and `model.safetensors`; the weights come last, so that their presence means done. */
export function saveCheckpoint(folder: string, config: LlamaConfig, source: WeightSource): void {
  saveLlamaConfig(folder, config);
  const tensors: Record<string, StoredTensor> = {};
  for (const { name, shape } of tensorSpecs(config))
    tensors[name] = { shape, data: source.read(name, shape) };
  writeSafetensors(join(folder, 'model.safetensors'), tensors);
}

/** First weights of a model from scratch: N(0, 0.02), the two projections into the residual stream by 1 / sqrt(2 layers). */
export function initialWeights(config: LlamaConfig, seed: number): WeightSource {
  const residual = 1 / Math.sqrt(2 * config.num_hidden_layers);
  const kinds = new Map(tensorSpecs(config).map(({ name, kind }) => [name, kind]));
  return {
    read(name, shape) {
      const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
      if (kinds.get(name) === 'norm') return data.fill(1);
      const random = createRandom(seed, 'weights', name);
      const deviation = 0.02 * (/(o_proj|down_proj)/.test(name) ? residual : 1);
      for (let at = 0; at < data.length; at++) data[at] = deviation * random.normal();
      return data;
    },
  };
}

/** The same weights with rows for added tokens below the embedding and the head. `config` is the grown one. */
export function withAddedRows(
  source: WeightSource,
  config: LlamaConfig,
  baseRows: number,
  addedRows: (name: string, baseTable: Float32Array) => Float32Array,
): WeightSource {
  const width = config.hidden_size;
  const grown = new Set(
    tensorSpecs(config).flatMap(({ name, kind }) => (kind === 'embedding' ? [name] : [])),
  );
  return {
    read(name, shape) {
      if (!grown.has(name)) return source.read(name, shape);
      const table = new Float32Array(config.vocab_size * width);
      const base = source.read(name, [baseRows, width]);
      table.set(base);
      table.set(addedRows(name, base), baseRows * width);
      return table;
    },
  };
}

function shardLocator(folder: string): (tensor: string) => string {
  const indexPath = join(folder, 'model.safetensors.index.json');
  if (existsSync(join(folder, 'model.safetensors')) || !existsSync(indexPath))
    return () => 'model.safetensors';
  const remedy = 'Copy the model again, all shards and their index.';
  const parsed = shardIndexSchema.safeParse(readJson(indexPath, remedy));
  if (!parsed.success)
    throw new UserError('model/broken-index', 'has no "weight_map" of tensor names to files', {
      place: indexPath,
      remedy,
    });
  return (tensor) => {
    const shard = parsed.data.weight_map[tensor];
    if (!shard)
      throw new UserError('model/missing-tensor', `names no file for the tensor "${tensor}"`, {
        place: indexPath,
        remedy,
      });
    if (normalize(shard) !== shard || shard.startsWith('..') || shard.startsWith('/'))
      throw new UserError('model/broken-index', `sends "${tensor}" to "${shard}", outside the folder`, {
        place: indexPath,
        remedy,
      });
    return shard;
  };
}
