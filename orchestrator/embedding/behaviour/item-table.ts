import * as f from '../../engine/functions.ts';
import { input } from '../../engine/graph.ts';
import type { ParameterSpec } from '../../engine/optimisers/parameters.ts';
import type { TensorView } from '../../engine/program.ts';
import type { Value } from '../../engine/types.ts';
import type { Matrix } from '../../shared/matrix.ts';
import { parameterMaker } from './initialise.ts';
import type { BehaviourModel, BehaviourSizes, ModelOptions } from './types.ts';

/** Where an encoder takes the vectors of items from. */
export interface ItemTable {
  specs: ParameterSpec[];
  /** [items, hiddenSize] */
  vectors(variables: Record<string, Value>): Value;
  /** What every run of a graph that uses the vectors is fed. */
  feeds: Record<string, TensorView>;
}

const rows = 'item_embedding';
const projection = 'feature_projection';

/**
 * A row of its own for each item; with `features` [items, width] plus a learned projection of them, so that what
 * is bought seldom is known by what it is (side information in sequential recommendation: Zhang et al. 2019).
 * Rows are drawn, or begin as `startRows` [items, hiddenSize].
 */
export function itemTable(
  { items, hiddenSize }: BehaviourSizes,
  seed: number | null,
  deviation: number,
  { features, startRows }: Pick<ModelOptions, 'features' | 'startRows'> = {},
): ItemTable {
  const make = parameterMaker(seed);
  const drawn = make.normal(rows, [items, hiddenSize], deviation);
  const own = startRows
    ? { ...drawn, initialise: (target: Float32Array) => target.set(startRows.data) }
    : drawn;
  if (!features) return { specs: [own], vectors: (variables) => variables[rows], feeds: {} };
  const shape = [items, features.columns];
  return {
    specs: [own, make.linear(projection, features.columns, hiddenSize)],
    vectors: (variables) => f.add(variables[rows], f.matMul(input('features', shape), variables[projection])),
    feeds: { features: { shape, data: features.data } },
  };
}

/** Copies a model into one of the same sizes without features: their part of the vectors becomes part of the rows. */
export function foldFeatures(from: BehaviourModel, features: Matrix, into: BehaviourModel): void {
  const trained = from.store.valueViews;
  for (const [name, { data }] of Object.entries(into.store.valueViews)) data.set(trained[name].data);
  for (const [name, { data }] of Object.entries(into.buffers)) data.set(from.buffers[name].data);
  const table = into.store.valueViews[rows].data;
  const weights = trained[projection].data;
  const { hiddenSize } = from.sizes;
  for (let item = 0; item < features.rows; item++)
    for (let feature = 0; feature < features.columns; feature++) {
      const value = features.data[item * features.columns + feature];
      for (let at = 0; at < hiddenSize; at++)
        table[item * hiddenSize + at] += value * weights[feature * hiddenSize + at];
    }
}
