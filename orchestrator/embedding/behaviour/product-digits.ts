import { boundedKmeans } from '../../clustering/bounded-kmeans.ts';
import { createMatrix, type Matrix, rowOf } from '../../shared/matrix.ts';
import type { Random } from '../../shared/random.ts';
import { whitenedRows } from '../whitened-rows.ts';

const iterations = 25;

/**
 * Codes by product quantisation (Jegou et al. 2011): the dimensions of the whitened vectors are dealt out to the digits in
 * turn, and k-means in the dimensions of a digit says its value for each item. Whitened dimensions weigh the same;
 * they stand in place of the rotation of OPQ (Ge et al. 2013). Where there are fewer than digits, the rest are drawn.
 * [items x any] -> [items * digits]
 */
export async function productDigits(
  vectors: Matrix,
  { digits, values }: { digits: number; values: number },
  random: Random,
  signal?: AbortSignal,
): Promise<Int32Array> {
  const each = Math.max(1, Math.floor(vectors.columns / digits));
  const rows = await whitenedRows(vectors, each * digits, random);
  const codes = new Int32Array(rows.rows * digits);
  for (let digit = 0; digit < digits; digit++) {
    const points = createMatrix(rows.rows, each);
    for (let item = 0; item < rows.rows; item++)
      for (let at = 0; at < each; at++)
        points.data[item * each + at] = rowOf(rows, item)[at * digits + digit];
    const bounds = { least: 1, most: rows.rows, iterations, restarts: 1 };
    const { assignment } = await boundedKmeans(points, Math.min(values, rows.rows), bounds, random, signal);
    for (let item = 0; item < rows.rows; item++) codes[item * digits + digit] = assignment[item];
  }
  return codes;
}
