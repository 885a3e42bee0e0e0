import { normaliseRows } from '../../embedding/semantic/normalise-rows.ts';
import { createMatrix, type Matrix, rowOf } from '../../shared/matrix.ts';

/** Rows without what all have in common, each of length 1: their products are cosines that tell items apart. */
export function centredRows({ rows, columns, data }: Matrix): Matrix {
  const centred = createMatrix(rows, columns, data.slice());
  const mean = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    const values = rowOf(centred, row);
    for (let column = 0; column < columns; column++) mean[column] += values[column] / rows;
  }
  for (let row = 0; row < rows; row++) {
    const values = rowOf(centred, row);
    for (let column = 0; column < columns; column++) values[column] -= mean[column];
  }
  return normaliseRows(centred);
}
