import { add, layerNorm, matMul } from '../../../engine/functions.ts';
import type { ParameterSpec } from '../../../engine/optimisers/parameters.ts';
import type { Value } from '../../../engine/types.ts';
import { createRandom } from '../../../shared/random.ts';

// Layers that help to train and are no part of the model.

export function linearSpecs(name: string, rows: number, columns: number, seed: number): ParameterSpec[] {
  return [
    tableSpec(`${name}.weight`, [rows, columns], 1 / Math.sqrt(columns), seed),
    constantSpec(`${name}.bias`, [rows], 0),
  ];
}

/** Numbers of N(0, deviation). */
export function tableSpec(
  name: string,
  shape: readonly number[],
  deviation: number,
  seed: number,
): ParameterSpec {
  return {
    name,
    shape,
    decay: true,
    auxiliary: true,
    initialise: (target) => {
      const random = createRandom(seed, 'weights', name);
      for (let at = 0; at < target.length; at++) target[at] = deviation * random.normal();
    },
  };
}

export function normSpecs(name: string, width: number): ParameterSpec[] {
  return [constantSpec(`${name}.weight`, [width], 1), constantSpec(`${name}.bias`, [width], 0)];
}

function constantSpec(name: string, shape: readonly number[], value: number): ParameterSpec {
  return { name, shape, decay: false, auxiliary: true, initialise: (target) => void target.fill(value) };
}

/** x [rows, columns] of `linearSpecs` */
export function linear(x: Value, variables: Record<string, Value>, name: string): Value {
  return add(matMul(x, variables[`${name}.weight`], { transB: true }), variables[`${name}.bias`]);
}

export function norm(x: Value, variables: Record<string, Value>, name: string): Value {
  return layerNorm(x, variables[`${name}.weight`], variables[`${name}.bias`], 1e-12);
}
