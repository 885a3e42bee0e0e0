import { type Matrix, rowOf } from '../../shared/matrix.ts';
import { productsWith } from './products-with.ts';

/** [items] cosine of each item's vector with that of one item; 0 where a vector is empty. */
export type Cosines = (item: number, breathe: () => Promise<void>) => Promise<Float32Array>;

/** Exact: every row is compared. Lengths of rows are computed once, at the first call. */
export function createCosines(matrix: Matrix): Cosines {
  let shorter: Float32Array | undefined;
  return async (item, breathe) => {
    shorter ??= inverseLengths(matrix);
    const lengths = shorter;
    return productsWith(
      matrix,
      rowOf(matrix, item),
      breathe,
      (product, row) => product * lengths[row] * lengths[item],
    );
  };
}

function inverseLengths({ rows, columns, data }: Matrix): Float32Array {
  return Float32Array.from({ length: rows }, (_, row) => {
    let square = 0;
    for (let at = row * columns; at < (row + 1) * columns; at++) square += data[at] ** 2;
    return square > 0 ? 1 / Math.sqrt(square) : 0;
  });
}
