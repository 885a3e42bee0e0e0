import type { Matrix } from './matrix.ts';

/** Rows of unit length, scaled so that their numbers have a mean square of 1. */
export function ofMeanSquareOne(unit: Matrix): Matrix {
  const scale = Math.sqrt(unit.columns);
  return { ...unit, data: unit.data.map((value) => value * scale) };
}
