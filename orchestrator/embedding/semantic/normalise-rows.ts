import { type Matrix, rowOf } from '../../shared/matrix.ts';

/** Brings every row to length 1, in place; rows of zeros stay. */
export function normaliseRows(matrix: Matrix): Matrix {
  for (let row = 0; row < matrix.rows; row++) {
    const values = rowOf(matrix, row);
    let squares = 0;
    for (const value of values) squares += value * value;
    if (squares > 0) for (let at = 0; at < values.length; at++) values[at] /= Math.sqrt(squares);
  }
  return matrix;
}
