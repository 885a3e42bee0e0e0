import { int64From } from '../../engine/int64.ts';
import type { TensorView } from '../../engine/program.ts';

/** A token that is learned: the flat place it is predicted from, its id, and its weight in the loss. */
export interface LearnedToken {
  place: number;
  target: number;
  weight: number;
}

/** Kernels want at least one row. */
export const nothingLearned: LearnedToken = { place: 0, target: 0, weight: 0 };

export function integerList(values: readonly number[]): TensorView {
  return { shape: [values.length], data: int64From(values) };
}

export function floatList(values: readonly number[]): TensorView {
  return { shape: [values.length], data: Float32Array.from(values) };
}
