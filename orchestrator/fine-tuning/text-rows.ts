import { fitPreparation, preparePoints } from '../item-index/prepare-points.ts';
import type { Matrix } from '../shared/matrix.ts';

/**
 * Vectors of texts as a model reads them, [items, width]: centred and of one length, as they are quantised, and of numbers
 * with a mean square of 1, which is the size of a token's row.
 */
export function textRows(semantic: Matrix): Matrix {
  const prepared = preparePoints(semantic, fitPreparation(semantic));
  const scale = Math.sqrt(prepared.columns);
  return { ...prepared, data: prepared.data.map((value) => value * scale) };
}
