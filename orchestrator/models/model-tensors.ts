import { gatherRows, linearCrossEntropy, matMul } from '../engine/functions.ts';
import { frozen } from '../engine/graph.ts';
import { createParameterStore, type ParameterSpec } from '../engine/optimisers/parameters.ts';
import type { Value } from '../engine/types.ts';
import type { Dropper } from './dropout-sites.ts';
import type { ModelDefinition, SequenceModel, TensorSpec } from './model.ts';

/** Where weights come from: a checkpoint folder, or memory. */
export interface WeightSource {
  /** Throws a UserError when the tensor is absent or has another shape. */
  read(name: string, shape: readonly number[]): Float32Array;
}

/** How a graph gets at its weights; full tuning, LoRA and inference differ in nothing else. */
export interface ModelTensors {
  weight(name: string): Value;
  /** x [n, in] -> [n, out] by the projection of this name; `drop` is for the inputs of adapters, while training */
  project(x: Value, name: string, drop?: Dropper): Value;
  /** ids [n] of int64 -> [n, hidden] */
  embed(ids: Value): Value;
  /** states [n, hidden] -> logits [n, vocabulary] */
  logits(states: Value): Value;
  /** states [n, hidden], targets [n] of int64 -> cross entropy over the whole vocabulary [n] */
  losses(states: Value, targets: Value): Value;
  /** states [n, hidden], ids [m] of code tokens, no two alike -> logits [n, m] */
  logitsOf(states: Value, ids: Value): Value;
}

/** Every weight is trained, and what else (`auxiliary`) the training wants to train with it. */
export function fullModel(
  definition: ModelDefinition,
  source: WeightSource,
  auxiliary: readonly ParameterSpec[] = [],
): SequenceModel {
  const store = createParameterStore([
    ...definition.tensors.map(
      ({ name, shape, kind }): ParameterSpec => ({
        name,
        shape: [...shape],
        decay: kind !== 'norm',
        initialise: (target) => target.set(source.read(name, shape)),
      }),
    ),
    ...auxiliary,
  ]);
  return { definition, store, tensors: plainTensors(definition, (name) => store.variables[name]) };
}

/** Every weight is frozen: inference. */
export function frozenModel(definition: ModelDefinition, source: WeightSource): SequenceModel {
  return {
    definition,
    store: createParameterStore([]),
    tensors: plainTensors(definition, frozenWeights(definition, source)),
  };
}

/** Frozen leaves, one for each tensor however often it is used. */
export function frozenWeights({ tensors }: ModelDefinition, source: WeightSource): (name: string) => Value {
  const shapes = shapesOf(tensors);
  const known = new Map<string, Value>();
  return (name) => {
    const shape = shapes(name);
    const value = known.get(name) ?? frozen(name, [...shape], () => source.read(name, shape));
    known.set(name, value);
    return value;
  };
}

export function plainTensors(
  { embedding, head }: ModelDefinition,
  weight: (name: string) => Value,
): ModelTensors {
  return {
    weight,
    project: (x, name) => matMul(x, weight(name), { transB: true }),
    embed: (ids) => gatherRows(weight(embedding), ids),
    logits: (states) => matMul(states, weight(head), { transB: true }),
    losses: (states, targets) => linearCrossEntropy(states, weight(head), targets),
    logitsOf: (states, ids) =>
      matMul(states, gatherRows(weight(head), ids, { distinct: true }), { transB: true }),
  };
}

/** Shapes by name. */
export function shapesOf(tensors: readonly TensorSpec[]): (name: string) => readonly number[] {
  const shapes = new Map(tensors.map(({ name, shape }) => [name, shape]));
  return (name) => {
    const shape = shapes.get(name);
    if (!shape) throw new Error(`no tensor is called "${name}"`);
    return shape;
  };
}

export function parameterCount({ tensors }: Pick<ModelDefinition, 'tensors'>): number {
  return tensors.reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1), 0);
}
