import type { Matrix } from '../../shared/matrix.ts';

/** Other work may run after so many rows. */
const block = 20_000;

/**
 * [rows] inner product of each row with one vector: the cosine, where all are of length 1 or zero; otherwise `scaled` makes
 * it one.
 */
export async function productsWith(
  { rows, columns, data }: Matrix,
  vector: Float32Array,
  breathe: () => Promise<void>,
  scaled = (product: number, _row: number): number => product,
): Promise<Float32Array> {
  const products = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    let product = 0;
    for (let column = 0, at = row * columns; column < columns; column++, at++)
      product += data[at] * vector[column];
    products[row] = scaled(product, row);
    if (row % block === block - 1) await breathe();
  }
  return products;
}
