import { createMatrix, type Matrix, rowOf } from '../shared/matrix.ts';
import type { Random } from '../shared/random.ts';
import { principalComponents } from './principal-components.ts';
import { dot } from './semantic/orthonormal.ts';

/**
 * Vectors of items as rows to start from, [items x width]: their first principal components, each brought to variance
 * 1 (whitening), so that no direction drowns the others. Columns beyond the components, and rows of items whose vector
 * is all 0 (nothing is known of them), are drawn from N(0, 1). Whitened texts as item rows: Hou et al. 2022 (UniSRec).
 */
export async function whitenedRows(vectors: Matrix, width: number, random: Random): Promise<Matrix> {
  const known = Array.from({ length: vectors.rows }, (_, item) => item).filter((item) =>
    rowOf(vectors, item).some((value) => value !== 0),
  );
  const { centred, values, components: all } = await principalComponents(vectors, known);
  const components = all.filter((_, at) => at < width && values[at] > 1e-8 * values[0]);
  const rows = createMatrix(vectors.rows, width);
  for (let at = 0; at < rows.data.length; at++) rows.data[at] = random.normal();
  for (const [at, item] of known.entries())
    for (const [column, component] of components.entries())
      rows.data[item * width + column] = dot(component, centred[at]) / Math.sqrt(values[column]);
  return rows;
}
