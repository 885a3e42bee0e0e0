import { type Matrix, rowOf } from '../shared/matrix.ts';
import { smallSvd } from './semantic/small-svd.ts';
import { sumOfProducts } from './sum-of-products.ts';

/** The directions in which rows differ most. */
export interface PrincipalComponents {
  /** [columns] */
  mean: Float64Array;
  /** [rows][columns] the rows less their mean. */
  centred: Float64Array[];
  /** Variances along the components, the largest first. */
  values: Float64Array;
  /** [components][columns] of length 1, at right angles. */
  components: Float64Array[];
}

/** Of some rows of a matrix. */
export async function principalComponents(
  vectors: Matrix,
  rows: readonly number[],
): Promise<PrincipalComponents> {
  const { mean, centred } = centredRowsOf(vectors, rows);
  // Of a symmetric matrix the singular vectors are the eigenvectors, and the values the variances along them.
  const { values, left } = await smallSvd(covariance(centred, vectors.columns));
  return { mean, centred, values, components: left };
}

/** Some rows of a matrix less their mean, and it. */
export function centredRowsOf(
  vectors: Matrix,
  rows: readonly number[],
): Pick<PrincipalComponents, 'mean' | 'centred'> {
  const mean = new Float64Array(vectors.columns);
  for (const row of rows)
    for (const [at, value] of rowOf(vectors, row).entries()) mean[at] += value / rows.length;
  const centred = rows.map((row) => Float64Array.from(rowOf(vectors, row), (value, at) => value - mean[at]));
  return { mean, centred };
}

/** [columns][columns] */
export function covariance(rows: readonly Float64Array[], columns: number): Float64Array[] {
  const shares = rows.map((row) => row.map((value) => value / rows.length));
  return sumOfProducts(shares, rows, { rows: columns, columns });
}
