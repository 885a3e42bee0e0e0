import type { OpName, ValueType } from '../types.ts';
import { elementwiseOps } from './elementwise.ts';
import { linearOps } from './linear.ts';
import { networkOps } from './network.ts';
import type { Operation } from './operation.ts';
import { structureOps } from './structure.ts';

/** Tensors that a program starts from; the emitter writes them as inputs and initialisers. */
const leaf = {
  infer: (_inputs: unknown, { dtype, shape }: ValueType) => [{ dtype, shape }],
  emit: () => {},
};

/** Every operation by name; one that is missing here does not compile. */
export const operations: { [K in OpName]: Operation<K> } = {
  input: leaf,
  parameter: leaf,
  frozen: leaf,
  constant: leaf,
  ...elementwiseOps,
  ...linearOps,
  ...structureOps,
  ...networkOps,
};
