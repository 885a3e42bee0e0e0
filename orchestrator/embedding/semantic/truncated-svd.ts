import { createBreathe } from '../../shared/breathe.ts';
import { createRandom } from '../../shared/random.ts';
import { dot, orthonormalise } from './orthonormal.ts';
import { smallSvd } from './small-svd.ts';
import { multiply, multiplyTransposed, type SparseMatrix } from './sparse-matrix.ts';
import type { LongWork } from './types.ts';

export interface TruncatedSvd {
  /** [rank] largest first */
  values: Float64Array;
  /** [rank][rows] left singular vectors; the largest entry of each (by size) is positive */
  left: Float64Array[];
}

/**
 * The `rank` largest singular values of a sparse matrix and their left vectors: randomised range finder with
 * power iterations (Halko, Martinsson and Tropp 2011, algorithms 4.4 and 5.1).
 * Returns fewer than `rank` where the matrix has fewer rows or columns.
 */
export async function truncatedSvd(
  matrix: SparseMatrix,
  rank: number,
  seed: number,
  options: { oversampling?: number; powerIterations?: number } & LongWork = {},
): Promise<TruncatedSvd> {
  const { oversampling = 10, powerIterations = 4, report, signal } = options;
  const smaller = Math.min(matrix.rows, matrix.columns);
  const width = Math.min(rank + oversampling, smaller);
  const total = powerIterations + 2;
  const progress = (done: number) => report?.({ type: 'progress', label: 'singular vectors', done, total });
  const breathe = createBreathe(signal);
  // One by one in the list itself: the columns of a large catalogue take most of the memory, and need not be there twice.
  const changeColumns = async (columns: Float64Array[], change: (column: Float64Array) => Float64Array) => {
    for (const [at, column] of columns.entries()) {
      columns[at] = change(column);
      await breathe();
    }
    return columns;
  };

  const random = createRandom(seed, 'truncated-svd');
  const basis = Array.from({ length: width }, () =>
    multiply(
      matrix,
      Float64Array.from({ length: matrix.columns }, () => random.normal()),
    ),
  );
  await orthonormalise(basis, breathe);
  progress(1);
  for (let iteration = 0; iteration < powerIterations; iteration++) {
    await changeColumns(basis, (column) => multiply(matrix, multiplyTransposed(matrix, column)));
    await orthonormalise(basis, breathe);
    progress(iteration + 2);
  }
  // A is near Q (Q'A); with Q'A = L P (rows of P orthonormal), the small matrix L holds the singular values.
  const projected = await changeColumns([...basis], (column) => multiplyTransposed(matrix, column));
  const small = await smallSvd(await lowerFactor(projected), breathe);
  const left = await changeColumns(small.left.slice(0, rank), (weights) =>
    combine(basis, weights, matrix.rows),
  );
  progress(total);
  return { values: small.values.slice(0, rank), left };
}

/** The columns of L, where `rows` are L times orthonormal rows. */
async function lowerFactor(rows: Float64Array[]): Promise<Float64Array[]> {
  const orthonormal = rows.map((row) => row.slice());
  await orthonormalise(orthonormal);
  return orthonormal.map((unit) => Float64Array.from(rows, (row) => dot(row, unit)));
}

function combine(basis: Float64Array[], weights: Float64Array, rows: number): Float64Array {
  const sum = new Float64Array(rows);
  for (const [at, column] of basis.entries())
    for (let row = 0; row < rows; row++) sum[row] += weights[at] * column[row];
  const largest = sum.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
  // A singular vector is defined but for its sign; fix it, so that equal data give equal vectors.
  return largest < 0 ? sum.map((value) => 0 - value) : sum;
}
