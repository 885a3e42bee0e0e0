import type { Matrix } from '../../shared/matrix.ts';

/** Other work may run after so many rows. */
const block = 20_000;

/** [rows] cosine of each row with one vector, all of length 1 or zero. */
export async function cosinesTo(
  { rows, columns, data }: Matrix,
  vector: Float32Array,
  breathe: () => Promise<void>,
): Promise<Float32Array> {
  const cosines = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    let dot = 0;
    for (let column = 0, at = row * columns; column < columns; column++, at++)
      dot += data[at] * vector[column];
    cosines[row] = dot;
    if (row % block === block - 1) await breathe();
  }
  return cosines;
}
