import { type Matrix, rowOf } from '../../shared/matrix.ts';

/** [items] cosine of each item's vector with that of one item; 0 where a vector is empty. */
export type Cosines = (item: number, breathe: () => Promise<void>) => Promise<Float32Array>;

/** Other work may run after so many rows. */
const block = 20_000;

/** Exact: every row is compared. Lengths of rows are computed once, at the first call. */
export function createCosines(matrix: Matrix): Cosines {
  let shorter: Float32Array | undefined;
  return async (item, breathe) => {
    shorter ??= inverseLengths(matrix);
    const { rows, columns, data } = matrix;
    const own = rowOf(matrix, item);
    const cosines = new Float32Array(rows);
    for (let row = 0; row < rows; row++) {
      let dot = 0;
      for (let column = 0, at = row * columns; column < columns; column++, at++)
        dot += data[at] * own[column];
      cosines[row] = dot * shorter[row] * shorter[item];
      if (row % block === block - 1) await breathe();
    }
    return cosines;
  };
}

function inverseLengths({ rows, columns, data }: Matrix): Float32Array {
  return Float32Array.from({ length: rows }, (_, row) => {
    let square = 0;
    for (let at = row * columns; at < (row + 1) * columns; at++) square += data[at] ** 2;
    return square > 0 ? 1 / Math.sqrt(square) : 0;
  });
}
