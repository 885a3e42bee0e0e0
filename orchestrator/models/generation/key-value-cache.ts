import { floats } from '../../engine/floats.ts';
import type { TensorView } from '../../engine/program.ts';

/** Keys and values of a batch. Columns from `used` on are reserved for later tokens and must not be read. */
export interface KeyValueCache {
  /** `key.l` and `value.l` [rows, kv heads, columns, head size] */
  tensors: Record<string, TensorView>;
  used: number;
  /** How often it was moved to larger memory. */
  moves: number;
}

/** Memory of one tensor after the other: large arrays are costly to make and to collect. */
export type Memory = (name: string, length: number) => Float32Array;

/** What was written before under the same name is overwritten; so one batch at a time. */
export function createMemory(): Memory {
  const buffers = new Map<string, Float32Array>();
  return (name, length) => {
    let buffer = buffers.get(name);
    if (!buffer || buffer.length < length) {
      // Later batches have shorter prompts and more rows: they need a little more.
      buffer = new Float32Array(Math.ceil(1.25 * length));
      buffers.set(name, buffer);
    }
    return buffer.subarray(0, length);
  };
}

/**
 * Appends new columns after the used ones; if there is no room, everything moves once to memory with room for `reserve`
 * more.
 */
export function appendColumns(
  cache: KeyValueCache,
  fresh: Record<string, TensorView>,
  reserve: number,
  memory: Memory,
): KeyValueCache {
  const { tensors, used, moves } = cache;
  const more = Object.values(fresh)[0].shape[2];
  if (used + more <= columnsOf(cache)) {
    for (const [name, view] of Object.entries(fresh)) copyColumns(view, tensors[name], used);
    return { tensors, used: used + more, moves };
  }
  const larger: Record<string, TensorView> = {};
  for (const [name, view] of Object.entries(tensors)) {
    const [rows, heads, , size] = view.shape;
    const columns = used + more + reserve;
    const data = memory(`move ${moves} ${name}`, rows * heads * columns * size);
    const target = { shape: [rows, heads, columns, size], data };
    copyColumns(view, target, 0);
    copyColumns(fresh[name], target, used);
    larger[name] = target;
  }
  return { tensors: larger, used: used + more, moves: moves + 1 };
}

/** Number of columns, including unused ones. */
export function columnsOf({ tensors }: KeyValueCache): number {
  return Object.values(tensors)[0].shape[2];
}

function copyColumns(from: TensorView, to: TensorView, column: number): void {
  const [rows, heads, columns, size] = from.shape;
  const source = floats(from);
  const target = floats(to);
  const length = columns * size;
  const stride = to.shape[2] * size;
  for (let block = 0; block < rows * heads; block++)
    target.set(source.subarray(block * length, (block + 1) * length), block * stride + column * size);
}
