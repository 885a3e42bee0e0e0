import { createMatrix, type Matrix, rowOf } from './matrix.ts';

/** Copies rows into a new matrix. */
export function takeRows(matrix: Matrix, rows: ArrayLike<number>): Matrix {
  const taken = createMatrix(rows.length, matrix.columns);
  for (let to = 0; to < rows.length; to++) taken.data.set(rowOf(matrix, rows[to]), to * matrix.columns);
  return taken;
}
