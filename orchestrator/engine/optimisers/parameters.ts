import type { FloatView } from '../floats.ts';
import { parameter } from '../graph.ts';
import type { Value } from '../types.ts';

/** One tensor that training changes. */
export interface ParameterSpec {
  name: string;
  shape: readonly number[];
  /** Weight decay pulls it to zero; norms, biases and the like are left out. */
  decay: boolean;
  /** It helps to train and is no part of what training makes. */
  auxiliary?: boolean;
  /** Its first values, written into `target`. */
  initialise: (target: Float32Array) => void;
}

/**
 * All trained tensors of a model in one row of memory, and their gradients in another of the same layout.
 * Programs read and write them in place, so that a step copies nothing and a checkpoint is a few flat arrays.
 */
export interface ParameterStore {
  specs: readonly ParameterSpec[];
  values: Float32Array;
  gradients: Float32Array;
  /** Graph leaves, by name. */
  variables: Record<string, Value>;
  /** Views into `values` and `gradients`, by name. */
  valueViews: Record<string, FloatView>;
  gradientViews: Record<string, FloatView>;
}

export function createParameterStore(specs: readonly ParameterSpec[]): ParameterStore {
  const sizes = specs.map(({ shape }) => shape.reduce((product, size) => product * size, 1));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const store: ParameterStore = {
    specs,
    values: new Float32Array(total),
    gradients: new Float32Array(total),
    variables: {},
    valueViews: {},
    gradientViews: {},
  };
  let start = 0;
  for (const [at, { name, shape, initialise }] of specs.entries()) {
    if (store.variables[name]) throw new RangeError(`two parameters are named "${name}"`);
    const end = start + sizes[at];
    const data = store.values.subarray(start, end);
    initialise(data);
    store.variables[name] = parameter(name, shape);
    store.valueViews[name] = { shape, data };
    store.gradientViews[name] = { shape, data: store.gradients.subarray(start, end) };
    start = end;
  }
  return store;
}
