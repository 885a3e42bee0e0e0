import {
  add,
  atLeast,
  concat,
  crossEntropy,
  gatherRows,
  localIds,
  matMul,
  quantizedMatMul,
  reshape,
  where,
} from '../engine/functions.ts';
import { frozen } from '../engine/graph.ts';
import {
  createParameterStore,
  type ParameterSpec,
  type ParameterStore,
} from '../engine/optimisers/parameters.ts';
import { quantizedMatrix } from '../engine/quantized-matrix.ts';
import type { QuantizationBits, QuantizedMatrix, Value } from '../engine/types.ts';
import { createRandom } from '../shared/random.ts';
import type { ModelDefinition, ModelTensors, SequenceModel, TensorSpec, WeightSource } from './model.ts';
import { frozenWeights, plainTensors, shapesOf } from './model-tensors.ts';

export interface LoraOptions {
  lora_r: number;
  lora_alpha: number;
  /** Projections that get an adapter, by their names in a layer. */
  lora_target_modules: readonly string[];
  /** Rows of the vocabulary from this id on are trained: the tokens that were added for items. vocab_size: none. */
  firstNewToken: number;
  seed: number;
  /** The frozen projections are held in so many bits (QLoRA, Dettmers et al. 2023); absent: in float32. */
  quantization_bit?: QuantizationBits;
}

export const newRowsName = 'new_rows';
export const newHeadRowsName = 'new_head_rows';
export const adapterName = (weightName: string, side: 'A' | 'B'): string =>
  weightName.replace(/\.weight$/, `.lora_${side}.weight`);

/**
 * Low-rank adapters on some projections and the rows of new tokens are trained, the rest is frozen (Hu et al. 2022):
 * y = W x + (alpha / r) B A x, with B starting at zero, so that training starts from the base.
 */
export function loraModel(
  definition: ModelDefinition,
  source: WeightSource,
  options: LoraOptions,
  auxiliary: readonly ParameterSpec[] = [],
): SequenceModel {
  const base = plainTensors(definition, frozenWeights(definition, source));
  const frozenProjection = options.quantization_bit
    ? quantizedProjections(definition, source, options.quantization_bit)
    : base.project;
  const store = createParameterStore([
    ...newRowSpecs(definition, source, options),
    ...adapterSpecs(definition, options),
    ...auxiliary,
  ]);
  const targets = new Set(adaptedTensors(definition, options).map(({ name }) => name));
  const scale = options.lora_alpha / options.lora_r;
  const project: ModelTensors['project'] = (x, name, drop) => {
    const straight = frozenProjection(x, name);
    if (!targets.has(name)) return straight;
    const dropped = drop ? drop(x, name) : x;
    const low = matMul(dropped, store.variables[adapterName(name, 'A')], { transB: true });
    return add(
      straight,
      matMul(low, store.variables[adapterName(name, 'B')], { transB: true, alpha: scale }),
    );
  };
  const vocabulary =
    options.firstNewToken < definition.config.vocab_size
      ? splitVocabulary(definition, source, store, options)
      : {};
  return { definition, store, tensors: { ...base, project, ...vocabulary } };
}

function quantizedProjections(
  { tensors }: ModelDefinition,
  source: WeightSource,
  bits: QuantizationBits,
): ModelTensors['project'] {
  const shapes = shapesOf(tensors);
  const known = new Map<string, QuantizedMatrix>();
  return (x, name) => {
    const [rows, columns] = shapes(name);
    const matrix =
      known.get(name) ??
      quantizedMatrix(name, [rows, columns], bits, () => source.read(name, [rows, columns]));
    known.set(name, matrix);
    return quantizedMatMul(x, matrix);
  };
}

/** The embedding and the head in two parts: frozen rows of the base, trained rows of the new tokens. */
function splitVocabulary(
  { config: { vocab_size }, hiddenSize: width, embedding, head }: ModelDefinition,
  source: WeightSource,
  store: ParameterStore,
  { firstNewToken }: LoraOptions,
): Pick<ModelTensors, 'embed' | 'logits' | 'losses' | 'logitsOf'> {
  const baseRows = (name: string) =>
    frozen(`base/${name}`, [firstNewToken, width], () =>
      source.read(name, [vocab_size, width]).subarray(0, firstNewToken * width),
    );
  const baseTable = baseRows(embedding);
  const newTable = store.variables[newRowsName];
  const tied = head === embedding;
  const baseHead = tied ? baseTable : baseRows(head);
  const newHead = tied ? newTable : store.variables[newHeadRowsName];
  const last = vocab_size - 1;
  const logits = (hidden: Value) =>
    concat([matMul(hidden, baseHead, { transB: true }), matMul(hidden, newHead, { transB: true })], 1);
  return {
    embed: (ids) =>
      where(
        reshape(atLeast(ids, firstNewToken), [...ids.shape, 1]),
        gatherRows(newTable, localIds(ids, firstNewToken, last)),
        gatherRows(baseTable, localIds(ids, 0, firstNewToken - 1)),
      ),
    logits,
    losses: (hidden, targets) => crossEntropy(logits(hidden), targets),
    logitsOf: (hidden, ids) =>
      matMul(hidden, gatherRows(newHead, localIds(ids, firstNewToken, last), { distinct: true }), {
        transB: true,
      }),
  };
}

function newRowSpecs(
  { config: { vocab_size }, hiddenSize: width, embedding, head }: ModelDefinition,
  source: WeightSource,
  { firstNewToken }: LoraOptions,
): ParameterSpec[] {
  if (firstNewToken >= vocab_size) return [];
  const rows = (name: string, from: string): ParameterSpec => ({
    name,
    shape: [vocab_size - firstNewToken, width],
    decay: false,
    initialise: (target) =>
      target.set(source.read(from, [vocab_size, width]).subarray(firstNewToken * width)),
  });
  return head === embedding
    ? [rows(newRowsName, embedding)]
    : [rows(newRowsName, embedding), rows(newHeadRowsName, head)];
}

/** The low-rank matrices, and how they start. */
export function adapterSpecs(
  definition: ModelDefinition,
  options: Pick<LoraOptions, 'lora_r' | 'lora_target_modules' | 'seed'>,
): ParameterSpec[] {
  const { lora_r, seed } = options;
  return adaptedTensors(definition, options).flatMap(({ name, shape: [out, width] }): ParameterSpec[] => {
    const random = createRandom(seed, 'lora', name);
    // Uniform in +-1 / sqrt(in): Kaiming's rule with a = sqrt(5), as PEFT starts A.
    const bound = 1 / Math.sqrt(width);
    return [
      {
        name: adapterName(name, 'A'),
        shape: [lora_r, width],
        decay: true,
        initialise: (target) => {
          for (let at = 0; at < target.length; at++) target[at] = (2 * random.float() - 1) * bound;
        },
      },
      { name: adapterName(name, 'B'), shape: [out, lora_r], decay: true, initialise: () => {} },
    ];
  });
}

function adaptedTensors(
  { tensors }: ModelDefinition,
  { lora_target_modules }: Pick<LoraOptions, 'lora_target_modules'>,
): TensorSpec[] {
  return tensors.filter(({ module }) => module !== undefined && lora_target_modules.includes(module));
}
