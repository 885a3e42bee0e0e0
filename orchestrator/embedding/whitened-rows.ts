import { createMatrix, type Matrix, rowOf } from '../shared/matrix.ts';
import type { Random } from '../shared/random.ts';
import { dot } from './semantic/orthonormal.ts';
import { smallSvd } from './semantic/small-svd.ts';

/**
 * Vectors of items as rows to start from, [items x width]: their first principal components, each brought to variance
 * 1 (whitening), so that no direction drowns the others. Columns beyond the components, and rows of items whose vector
 * is all 0 (nothing is known of them), are drawn from N(0, 1). Whitened texts as item rows: Hou et al. 2022 (UniSRec).
 */
export async function whitenedRows(vectors: Matrix, width: number, random: Random): Promise<Matrix> {
  const known = Array.from({ length: vectors.rows }, (_, item) => item).filter((item) =>
    rowOf(vectors, item).some((value) => value !== 0),
  );
  const centred = centre(vectors, known);
  // Of a symmetric matrix the singular vectors are the eigenvectors, and the values the variances along them.
  const { values, left } = await smallSvd(covariance(centred, vectors.columns));
  const components = left.filter((_, at) => at < width && values[at] > 1e-8 * values[0]);
  const rows = createMatrix(vectors.rows, width);
  for (let at = 0; at < rows.data.length; at++) rows.data[at] = random.normal();
  for (const [at, item] of known.entries())
    for (const [column, component] of components.entries())
      rows.data[item * width + column] = dot(component, centred[at]) / Math.sqrt(values[column]);
  return rows;
}

/** The vectors of these items, less their mean. */
function centre(vectors: Matrix, items: readonly number[]): Float64Array[] {
  const mean = new Float64Array(vectors.columns);
  for (const item of items)
    for (const [at, value] of rowOf(vectors, item).entries()) mean[at] += value / items.length;
  return items.map((item) => Float64Array.from(rowOf(vectors, item), (value, at) => value - mean[at]));
}

/** [columns][columns] */
function covariance(rows: readonly Float64Array[], columns: number): Float64Array[] {
  const sums = Array.from({ length: columns }, () => new Float64Array(columns));
  for (const row of rows)
    for (let a = 0; a < columns; a++) {
      const value = row[a] / rows.length;
      for (let b = 0; b < columns; b++) sums[a][b] += value * row[b];
    }
  return sums;
}
