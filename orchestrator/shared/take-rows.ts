import { createMatrix, type Matrix, rowOf } from '../shared/matrix.ts';

/** Copies rows into a new matrix. */
export function takeRows(points: Matrix, rows: Int32Array): Matrix {
  const taken = createMatrix(rows.length, points.columns);
  for (let to = 0; to < rows.length; to++) taken.data.set(rowOf(points, rows[to]), to * points.columns);
  return taken;
}
