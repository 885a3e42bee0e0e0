import { gatherRows, linearCrossEntropy, matMul } from '../engine/functions.ts';
import { frozen, recomputed } from '../engine/graph.ts';
import { createParameterStore, type ParameterSpec } from '../engine/optimisers/parameters.ts';
import type { Value } from '../engine/types.ts';
import type { ModelDefinition, ModelTensors, SequenceModel, TensorSpec, WeightSource } from './model.ts';

export interface TensorOptions {
  /** The backward pass computes layers anew, and keeps nothing of them but where they begin. */
  gradient_checkpointing?: boolean;
}

/** Every weight is trained, and what else (`auxiliary`) the training wants to train with it. */
export function fullModel(
  definition: ModelDefinition,
  source: WeightSource,
  auxiliary: readonly ParameterSpec[] = [],
  options: TensorOptions = {},
): SequenceModel {
  const trained = definition.tensors.filter(({ kind }) => kind !== 'given');
  const given = frozenWeights(definition, source);
  const store = createParameterStore([
    ...trained.map(
      ({ name, shape, kind }): ParameterSpec => ({
        name,
        shape: [...shape],
        decay: kind !== 'norm' && kind !== 'bias',
        initialise: (target) => target.set(source.read(name, shape)),
      }),
    ),
    ...auxiliary,
  ]);
  const weight = (name: string) => store.variables[name] ?? given(name);
  return { definition, store, tensors: plainTensors(definition, weight, options) };
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
  { gradient_checkpointing = false }: TensorOptions = {},
): ModelTensors {
  return {
    weight,
    layer: gradient_checkpointing ? recomputed : (compute) => compute(),
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
  return tensors
    .filter(({ kind }) => kind !== 'given')
    .reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1), 0);
}
