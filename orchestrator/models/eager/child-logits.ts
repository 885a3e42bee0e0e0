import { gatherRows, matMul, reshape } from '../../engine/functions.ts';
import { int64From } from '../../engine/int64.ts';
import type { TensorView } from '../../engine/program.ts';
import { multiplyDims } from '../../engine/shapes.ts';
import type { Dim, Value } from '../../engine/types.ts';
import { hiddenScore } from '../hidden-score.ts';

/** Rows of a table, one after the other: the children of a node. */
export interface Children {
  first: number;
  end: number;
}

/**
 * states [rows, width], ids [rows * count] of int64, the children of a node for each state -> logits [rows, count]. A
 * node has a row of its own, so the head of a state is the rows of its children alone.
 */
export function childLogits(states: Value, table: Value, ids: Value, [rows, count]: [Dim, Dim]): Value {
  const width = table.shape[1];
  const children = reshape(gatherRows(table, ids), [rows, count, width]);
  const logits = matMul(reshape(states, [rows, 1, width]), children, { transB: true });
  return reshape(logits, [rows, count]);
}

/** `ids` of the children of each row, padded to the most, and `blocked`, very negative at padding. */
export function childFeeds(rows: readonly Children[]): { ids: TensorView; blocked: TensorView } {
  const most = rows.reduce((count, { first, end }) => Math.max(count, end - first), 1);
  const ids = new Int32Array(rows.length * most);
  const blocked = new Float32Array(rows.length * most);
  for (const [row, { first, end }] of rows.entries()) {
    for (let at = 0; at < end - first; at++) ids[row * most + at] = first + at;
    blocked.fill(hiddenScore, row * most + (end - first), (row + 1) * most);
  }
  return {
    ids: { shape: [ids.length], data: int64From(ids) },
    blocked: { shape: [rows.length, most], data: blocked },
  };
}

export const flatDim = (rows: Dim, count: Dim): Dim => multiplyDims([rows, count]);
