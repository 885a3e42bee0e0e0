import type { createParameterStore } from '../../orchestrator/engine/optimisers/parameters.ts';
import { createMatrix, type Matrix } from '../../orchestrator/shared/matrix.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';

export type Values = Record<string, number[]>;

export function valuesOf(store: ReturnType<typeof createParameterStore>): Values {
  return Object.fromEntries(
    Object.entries(store.valueViews).map(([name, { data }]) => [name, Array.from(data)]),
  );
}

/** The two layers of an encoder or decoder, in plain numbers. */
export function network(values: Values, name: string, x: number[]): number[] {
  return [0, 1].reduce((from, layer) => {
    const bias = values[`${name}.${layer}.bias`];
    const weight = values[`${name}.${layer}.weight`];
    const to = bias.map((own, out) =>
      from.reduce((sum, value, at) => sum + value * weight[at * bias.length + out], own),
    );
    return layer === 0 ? to.map((value) => Math.max(0, value)) : to;
  }, x);
}

export function drawn(rows: number, columns: number, seed: number): Matrix {
  const random = createRandom(seed);
  return createMatrix(
    rows,
    columns,
    Float32Array.from({ length: rows * columns }, () => random.normal()),
  );
}
