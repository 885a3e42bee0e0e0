import type { ModelBuilder } from '../onnx/model-builder.ts';
import type { OpAttributes, OpName, Shape, Value, ValueType } from '../types.ts';

/** What the engine knows of one operation, its gradient aside (that is in `gradients/`). */
export interface Operation<K extends OpName> {
  /** Types of the outputs. Throws a RangeError or TypeError where the inputs do not fit. */
  infer(inputs: readonly Value[], attributes: OpAttributes[K]): ValueType[];
  /** Writes the operation as ONNX nodes. */
  emit(emission: Emission<K>): void;
}

export interface Emission<K extends OpName> {
  builder: ModelBuilder;
  attributes: OpAttributes[K];
  /** The ONNX names of the inputs and outputs. */
  inputs: string[];
  outputs: string[];
  /** The values behind the inputs, for their shapes. */
  values: readonly Value[];
  /** An int64 tensor that holds a shape, symbols bound at run time. */
  shapeTensor(shape: Shape): string;
}

export function float32(shape: Shape): ValueType {
  return { dtype: 'float32', shape };
}

export function int64List(values: readonly number[]): BigInt64Array {
  return BigInt64Array.from(values, BigInt);
}
