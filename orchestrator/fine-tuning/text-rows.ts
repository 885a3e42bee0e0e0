import { fitPreparation, preparePoints } from '../item-index/prepare-points.ts';
import type { Matrix } from '../shared/matrix.ts';
import { ofMeanSquareOne } from '../shared/mean-square-one.ts';

/**
 * Vectors of texts as a model reads them, [items, width]: centred and of one length, as they are quantised, and of numbers
 * with a mean square of 1, which is the size of a token's row.
 */
export function textRows(semantic: Matrix): Matrix {
  return ofMeanSquareOne(preparePoints(semantic, fitPreparation(semantic)));
}
