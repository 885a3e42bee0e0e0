import { meansOf } from '../clustering/balanced-kmeans.ts';
import { distances } from '../clustering/distances.ts';
import { createMatrix, type Matrix, rowOf } from '../shared/matrix.ts';
import type { ItemIndex } from './types.ts';

/** Which digits of one level are taken under which prefix, and what they mean. */
export interface DigitsInUse {
  /** No digit below the level's size is free. */
  isFull(prefix: number): boolean;
  /** Claims this digit if it is free. */
  claim(prefix: number, digit: number): boolean;
  /** Claims the free digit that best fits the point's offset from the centre, or a new digit if none is free. */
  take(prefix: number, point: Matrix, centre: Float32Array): number;
}

/**
 * `points` [items, d], `prefixOf` [items] and `centres` [prefixes, d] belong to the items of the index; a digit means the
 * mean of what its items lie off the centres of their prefixes.
 */
export function digitsInUse(
  { levels, levelSizes, codes }: ItemIndex,
  level: number,
  points: Matrix,
  prefixOf: Int32Array,
  centres: Matrix,
): DigitsInUse {
  const size = levelSizes[level];
  const used = new Map<number, Set<number>>();
  const digitOf = Int32Array.from({ length: points.rows }, (_, item) => codes[item * levels + level]);
  const residuals = createMatrix(points.rows, points.columns, points.data.slice());
  for (let item = 0; item < points.rows; item++) {
    usedUnder(prefixOf[item]).add(digitOf[item]);
    const residual = rowOf(residuals, item);
    const centre = rowOf(centres, prefixOf[item]);
    for (let column = 0; column < residual.length; column++) residual[column] -= centre[column];
  }
  const meanings = meansOf(residuals, digitOf, size);
  const known = new Set(digitOf);
  const costs = new Float32Array(size);

  function usedUnder(prefix: number): Set<number> {
    let digits = used.get(prefix);
    if (!digits) {
      digits = new Set();
      used.set(prefix, digits);
    }
    return digits;
  }
  return {
    isFull: (prefix) => usedUnder(prefix).size >= size,
    claim: (prefix, digit) => {
      const digits = usedUnder(prefix);
      if (digits.has(digit)) return false;
      digits.add(digit);
      return true;
    },
    take: (prefix, point, centre) => {
      const digits = usedUnder(prefix);
      const residual = point.data.map((value, column) => value - centre[column]);
      distances(createMatrix(1, residual.length, residual), meanings, costs);
      // A digit that no item has yet has no meaning: digits with one come first.
      let digit = nearestWhere(costs, (candidate) => known.has(candidate) && !digits.has(candidate));
      if (digit < 0) for (digit = 0; digits.has(digit); ) digit++;
      digits.add(digit);
      return digit;
    },
  };
}

/** Place of the least cost among those allowed, or -1. */
export function nearestWhere(costs: Float32Array, allowed: (at: number) => boolean): number {
  let nearest = -1;
  for (let at = 0; at < costs.length; at++)
    if ((nearest < 0 || costs[at] < costs[nearest]) && allowed(at)) nearest = at;
  return nearest;
}
