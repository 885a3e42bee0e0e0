import { fillKeepFactors } from '../../engine/dropout.ts';
import type { TensorView } from '../../engine/program.ts';
import type { Random } from '../../shared/random.ts';

/** Feeds of a program in memory that is used again at every step: it grows to the largest batch and stays. */
export interface Workspace {
  /** The tensors of the batch at hand, by input name. */
  feeds: Record<string, TensorView>;
  /** Zeroed int64 tensor, to be filled through the low halves: element `i` is `low[2 * i]` (numbers below 2^31). */
  int64(name: string, shape: readonly number[]): Int32Array;
  /** The int64 tensor of these numbers, [items.length]. */
  items(name: string, items: Int32Array): void;
  /** Float tensor with what was in it before. */
  float32(name: string, shape: readonly number[]): Float32Array;
  /** Factors of dropout. */
  keep(name: string, shape: readonly number[], rate: number, random: Random): void;
}

export function createWorkspace(): Workspace {
  const feeds: Record<string, TensorView> = {};
  const memory = new Map<string, ArrayBuffer>();

  const bytes = (name: string, length: number): ArrayBuffer => {
    const known = memory.get(name);
    if (known && known.byteLength >= length) return known;
    const made = new ArrayBuffer(Math.ceil((length * 1.25) / 8) * 8);
    memory.set(name, made);
    return made;
  };

  return {
    feeds,
    int64(name, shape) {
      const length = sizeOf(shape);
      const buffer = bytes(name, 8 * length);
      feeds[name] = { shape, data: new BigInt64Array(buffer, 0, length) };
      return new Int32Array(buffer, 0, 2 * length).fill(0);
    },
    items(name, items) {
      const filled = this.int64(name, [items.length]);
      for (let at = 0; at < items.length; at++) filled[2 * at] = items[at];
    },
    float32(name, shape) {
      const data = new Float32Array(bytes(name, 4 * sizeOf(shape)), 0, sizeOf(shape));
      feeds[name] = { shape, data };
      return data;
    },
    keep(name, shape, rate, random) {
      fillKeepFactors(this.float32(name, shape), rate, random);
    },
  };
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
