import { join } from 'node:path';
import { UserError } from '../shared/errors.ts';
import { createRandom } from '../shared/random.ts';
import {
  openSafetensors,
  type Safetensors,
  type StoredTensor,
  writeSafetensors,
} from '../storage/safetensors.ts';
import { weightFiles } from './checkpoint-files.ts';
import type { ModelDefinition, WeightSource } from './model.ts';
import { saveModelConfig } from './registry.ts';

/** Weights in a folder, read one tensor at a time: float16 and bfloat16 come as float32. */
export interface Checkpoint extends WeightSource {
  /** Shapes by name, of all tensors that the files hold; reads headers only. */
  shapes(): Map<string, readonly number[]>;
  close(): void;
}

/**
 * A Hugging Face checkpoint folder: `model.safetensors`, or shards named by `model.safetensors.index.json`.
 * Throws a UserError when there is neither, or a shard is absent.
 */
export function openCheckpoint(folder: string): Checkpoint {
  const { files, fileOf } = weightFiles(folder);
  const opened = new Map<string, Safetensors>();
  const open = (name: string): Safetensors => {
    const file = opened.get(name) ?? openSafetensors(join(folder, name));
    opened.set(name, file);
    return file;
  };
  return {
    read(name, shape) {
      const { data, shape: stored } = open(fileOf(name)).read(name);
      if (stored.length !== shape.length || stored.some((size, axis) => size !== shape[axis]))
        throw new UserError(
          'model/wrong-shape',
          `tensor "${name}" is [${stored}], config.json asks for [${shape}]`,
          {
            place: folder,
            remedy: 'config.json and the weights do not belong together: copy both from one model.',
          },
        );
      if (data instanceof Float32Array) return data;
      if (data instanceof Float64Array) return Float32Array.from(data);
      throw new UserError('model/quantised', `tensor "${name}" holds whole numbers`, {
        place: folder,
        remedy: 'Use the model as it was before quantisation: float32, float16 or bfloat16.',
      });
    },
    shapes: () =>
      new Map(files.flatMap((file) => [...open(file).entries].map(([name, { shape }]) => [name, shape]))),
    close() {
      for (const file of opened.values()) file.close();
      opened.clear();
    },
  };
}

/** Writes `config.json` and `model.safetensors`; the weights come last, so that their presence means done. */
export function saveCheckpoint(folder: string, definition: ModelDefinition, source: WeightSource): void {
  saveModelConfig(folder, definition);
  const tensors: Record<string, StoredTensor> = {};
  for (const { name, shape } of definition.tensors)
    tensors[name] = { shape: [...shape], data: source.read(name, shape) };
  writeSafetensors(join(folder, 'model.safetensors'), tensors);
}

/** First weights of a model from scratch, as its tensors' specs say. */
export function initialWeights({ tensors }: ModelDefinition, seed: number): WeightSource {
  const specs = new Map(tensors.map((spec) => [spec.name, spec]));
  return {
    read(name, shape) {
      const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
      const { kind, deviation } = specs.get(name)!;
      if (kind === 'norm') return data.fill(1);
      if (kind === 'bias') return data;
      const random = createRandom(seed, 'weights', name);
      for (let at = 0; at < data.length; at++) data[at] = deviation * random.normal();
      return data;
    },
  };
}

/**
 * The same weights with rows for added tokens in the embedding and the head. `grown` is the model with
 * max(baseRows, size of the extended vocabulary) rows. The rows of added tokens stand from `firstNewToken` on, the
 * tokenizer's first free id: they take the spare rows that some models have (Qwen pads its embedding) before the
 * table grows.
 */
export function withAddedRows(
  source: WeightSource,
  grown: ModelDefinition,
  baseRows: number,
  firstNewToken: number,
  addedRows: (name: string, baseTable: Float32Array) => Float32Array,
): WeightSource {
  const width = grown.hiddenSize;
  const tables = new Set(grown.tensors.flatMap(({ name, kind }) => (kind === 'embedding' ? [name] : [])));
  return {
    read(name, shape) {
      if (!tables.has(name)) return source.read(name, shape);
      const table = new Float32Array(grown.config.vocab_size * width);
      const base = source.read(name, [baseRows, width]);
      table.set(base);
      table.set(addedRows(name, base), firstNewToken * width);
      return table;
    },
  };
}
