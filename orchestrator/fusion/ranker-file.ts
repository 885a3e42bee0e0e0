import { join } from 'node:path';
import { UserError } from '../shared/errors.ts';
import { readSafetensors, type StoredTensor, writeSafetensors } from '../storage/safetensors.ts';
import { hiddenSize, type Ranker } from './ranker.ts';

/** Where a folder keeps a ranker. */
export const rankerFile = 'ranker.safetensors';
/** Is there, whatever its value, where a ranker has learned to place items that nobody took. */
const ranksColdTensor = 'ranks_cold';

function shapesOf(features: number): Record<keyof Ranker, number[]> {
  return {
    mean: [features],
    deviation: [features],
    direct: [features, 1],
    hidden: [features, hiddenSize],
    bias: [hiddenSize],
    out: [hiddenSize, 1],
    level: [1],
  };
}

/** `ranksCold`: it has learned to place items that nobody took. */
export function saveRanker(folder: string, ranker: Ranker, ranksCold = false): void {
  const tensors = Object.entries(shapesOf(ranker.mean.length)).map(([name, shape]) => {
    const value = ranker[name as keyof Ranker];
    return [name, { shape, data: typeof value === 'number' ? Float32Array.of(value) : value }];
  });
  const cold = ranksCold ? { [ranksColdTensor]: { shape: [1], data: Float32Array.of(1) } } : {};
  writeSafetensors(join(folder, rankerFile), { ...Object.fromEntries(tensors), ...cold });
}

export interface StoredRanker {
  /** It has learned to place items that nobody took. */
  ranksCold: boolean;
  /** As a ranker of so many features. Throws a UserError where it is one of others, or broken. */
  of(features: number): Ranker;
}

/** Throws a UserError for a missing or broken file. */
export function readRanker(folder: string): StoredRanker {
  const place = join(folder, rankerFile);
  const stored = readSafetensors(place);
  return {
    ranksCold: ranksColdTensor in stored,
    of: (features) => rankerOf(stored, features, place),
  };
}

function rankerOf(stored: Record<string, StoredTensor>, features: number, place: string): Ranker {
  const shapes = shapesOf(features);
  const data = (name: keyof Ranker): Float32Array => {
    const found = stored[name];
    if (found?.data instanceof Float32Array && String(found.shape) === String(shapes[name]))
      return found.data;
    throw new UserError(
      'fusion/broken-ranker',
      `"${name}" should be float32 [${shapes[name]}], is ${found ? `[${found.shape}]` : 'missing'}`,
      { place, remedy: 'Run again with --from evaluation: the ranker is learned there.' },
    );
  };
  return {
    mean: data('mean'),
    deviation: data('deviation'),
    direct: data('direct'),
    hidden: data('hidden'),
    bias: data('bias'),
    out: data('out'),
    level: data('level')[0],
  };
}
