import { gatherRows, linearCrossEntropy, matMul } from '../engine/functions.ts';
import { frozen } from '../engine/graph.ts';
import {
  createParameterStore,
  type ParameterSpec,
  type ParameterStore,
} from '../engine/optimisers/parameters.ts';
import type { Value } from '../engine/types.ts';
import type { LlamaConfig } from './config.ts';
import { embeddingName, headName, type ProjectionName, projectionShape, tensorSpecs } from './tensors.ts';

/** Where weights come from: a checkpoint folder, or memory. */
export interface WeightSource {
  /** Throws a UserError when the tensor is absent or has another shape. */
  read(name: string, shape: readonly number[]): Float32Array;
}

/** Drops some of x; `site` names the mask. */
export type Dropper = (x: Value, site: string) => Value;

/** How the decoder gets at its weights; full tuning, LoRA and inference differ in nothing else. */
export interface ModelTensors {
  weight(name: string, shape: readonly number[]): Value;
  /** x [n, in] -> [n, out]; `drop` is for the inputs of adapters, while training */
  project(x: Value, weightName: string, projection: ProjectionName, drop?: Dropper): Value;
  /** ids [n] of int64 -> [n, hidden] */
  embed(ids: Value): Value;
  /** hidden [n, width] -> logits [n, vocabulary] */
  logits(hidden: Value): Value;
  /** hidden [n, width], targets [n] of int64 -> cross entropy over the whole vocabulary [n] */
  losses(hidden: Value, targets: Value): Value;
  /** hidden [n, width], ids [m] of code tokens, no two alike -> logits [n, m] */
  logitsOf(hidden: Value, ids: Value): Value;
}

/** A model with what training may change about it. */
export interface TunableModel {
  config: LlamaConfig;
  tensors: ModelTensors;
  /** Empty for inference. */
  store: ParameterStore;
}

/** Every weight is trained, and what else (`auxiliary`) the training wants to train with it. */
export function fullModel(
  config: LlamaConfig,
  source: WeightSource,
  auxiliary: readonly ParameterSpec[] = [],
): TunableModel {
  const store = createParameterStore([
    ...tensorSpecs(config).map(
      ({ name, shape, kind }): ParameterSpec => ({
        name,
        shape,
        decay: kind !== 'norm',
        initialise: (target) => target.set(source.read(name, shape)),
      }),
    ),
    ...auxiliary,
  ]);
  return { config, store, tensors: plainTensors(config, (name) => store.variables[name]) };
}

/** Every weight is frozen: inference. */
export function frozenModel(config: LlamaConfig, source: WeightSource): TunableModel {
  return { config, store: createParameterStore([]), tensors: plainTensors(config, frozenWeights(source)) };
}

/** Frozen leaves, one for each tensor however often it is used. */
export function frozenWeights(source: WeightSource): (name: string, shape: readonly number[]) => Value {
  const known = new Map<string, Value>();
  return (name, shape) => {
    const value = known.get(name) ?? frozen(name, shape as number[], () => source.read(name, shape));
    known.set(name, value);
    return value;
  };
}

export function plainTensors(
  config: LlamaConfig,
  weight: (name: string, shape: readonly number[]) => Value,
): ModelTensors {
  const tableShape = [config.vocab_size, config.hidden_size];
  const head = () => weight(config.tie_word_embeddings ? embeddingName : headName, tableShape);
  return {
    weight,
    project: (x, weightName, projection) =>
      matMul(x, weight(weightName, projectionShape(config, projection)), { transB: true }),
    embed: (ids) => gatherRows(weight(embeddingName, tableShape), ids),
    logits: (hidden) => matMul(hidden, head(), { transB: true }),
    losses: (hidden, targets) => linearCrossEntropy(hidden, head(), targets),
    logitsOf: (hidden, ids) => matMul(hidden, gatherRows(head(), ids, { distinct: true }), { transB: true }),
  };
}
