import { floats } from './floats.ts';
import type { RowGradient } from './gradients/gathered-rows.ts';
import type { TensorView } from './program.ts';
import type { Value } from './types.ts';

/** Gradients of gathered rows, which are added to the gradient of their table when the graph has run. */
export interface RowSum {
  /** What the graph has to give for it. */
  outputs: Record<string, Value>;
  /** Memory for these outputs, of the sizes of this run. */
  into(feeds: Record<string, TensorView>): Record<string, TensorView>;
  add(feeds: Record<string, TensorView>, results: Record<string, TensorView>): void;
}

/** `target` [rows * width] is the gradient of the table. */
export function rowSum(name: string, { ids, updates }: RowGradient, target: Float32Array): RowSum {
  const { node } = ids;
  // What is fed need not come out again, and tells how many rows there will be.
  const fed = node.op === 'input' && 'name' in node.attributes ? node.attributes.name : null;
  const idsName = fed ?? `${name}/ids`;
  const columns = updates.shape.slice(1).map(Number);
  const width = columns.reduce((product, size) => product * size, 1);
  let memory = new Float32Array(0);
  return {
    outputs: { [name]: updates, ...(fed === null ? { [idsName]: ids } : {}) },
    into(feeds) {
      if (fed === null) return {};
      const rows = feeds[fed].data.length;
      if (memory.length < rows * width) memory = new Float32Array(Math.ceil(rows * width * 1.25));
      return { [name]: { shape: [rows, ...columns], data: memory.subarray(0, rows * width) } };
    },
    add(feeds, results) {
      addRows(target, (fed === null ? results : feeds)[idsName].data, floats(results[name]), width);
    },
  };
}

function addRows(target: Float32Array, ids: TensorView['data'], updates: Float32Array, width: number): void {
  // The low half of each id: a table has fewer than 2^31 rows.
  const words = new Int32Array(ids.buffer, ids.byteOffset, 2 * ids.length);
  let from = 0;
  for (let row = 0; row < ids.length; row++) {
    let to = words[2 * row] * width;
    for (const end = to + width; to < end; to++) target[to] += updates[from++];
  }
}
