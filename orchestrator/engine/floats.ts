import type { TensorView } from './program.ts';

/** A tensor that is known to hold float32. */
export interface FloatView extends TensorView {
  data: Float32Array;
}

/** The numbers of a float32 tensor; a TypeError for any other, which no graph of ours should have given. */
export function floats({ data }: { data: unknown }): Float32Array {
  if (data instanceof Float32Array) return data;
  throw new TypeError(`expected a float32 tensor, got ${data?.constructor.name}`);
}
