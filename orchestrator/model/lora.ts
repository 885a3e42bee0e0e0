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
import type { LlamaConfig } from './config.ts';
import {
  frozenWeights,
  type ModelTensors,
  plainTensors,
  type TunableModel,
  type WeightSource,
} from './model-tensors.ts';
import {
  embeddingName,
  headName,
  layerName,
  type ProjectionName,
  projectionPath,
  projectionShape,
} from './tensors.ts';

export interface LoraOptions {
  lora_r: number;
  lora_alpha: number;
  lora_target_modules: readonly ProjectionName[];
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
  config: LlamaConfig,
  source: WeightSource,
  options: LoraOptions,
  auxiliary: readonly ParameterSpec[] = [],
): TunableModel {
  const base = plainTensors(config, frozenWeights(source));
  const frozenProjection = options.quantization_bit
    ? quantizedProjections(config, source, options.quantization_bit)
    : base.project;
  const store = createParameterStore([
    ...newRowSpecs(config, source, options),
    ...adapterSpecs(config, options),
    ...auxiliary,
  ]);
  const targets = new Set(options.lora_target_modules);
  const scale = options.lora_alpha / options.lora_r;
  const project: ModelTensors['project'] = (x, weightName, projection, drop) => {
    const straight = frozenProjection(x, weightName, projection);
    if (!targets.has(projection)) return straight;
    const dropped = drop ? drop(x, weightName) : x;
    const low = matMul(dropped, store.variables[adapterName(weightName, 'A')], { transB: true });
    return add(
      straight,
      matMul(low, store.variables[adapterName(weightName, 'B')], { transB: true, alpha: scale }),
    );
  };
  const vocabulary =
    options.firstNewToken < config.vocab_size ? splitVocabulary(config, source, store, options) : {};
  return { config, store, tensors: { ...base, project, ...vocabulary } };
}

function quantizedProjections(
  config: LlamaConfig,
  source: WeightSource,
  bits: QuantizationBits,
): ModelTensors['project'] {
  const known = new Map<string, QuantizedMatrix>();
  return (x, weightName, projection) => {
    const shape = projectionShape(config, projection);
    const matrix =
      known.get(weightName) ?? quantizedMatrix(weightName, shape, bits, () => source.read(weightName, shape));
    known.set(weightName, matrix);
    return quantizedMatMul(x, matrix);
  };
}

/** The embedding and the head in two parts: frozen rows of the base, trained rows of the new tokens. */
function splitVocabulary(
  config: LlamaConfig,
  source: WeightSource,
  store: ParameterStore,
  { firstNewToken }: LoraOptions,
): Pick<ModelTensors, 'embed' | 'logits' | 'losses' | 'logitsOf'> {
  const width = config.hidden_size;
  const baseRows = (name: string) =>
    frozen(`base/${name}`, [firstNewToken, width], () =>
      source.read(name, [config.vocab_size, width]).subarray(0, firstNewToken * width),
    );
  const baseTable = baseRows(embeddingName);
  const newTable = store.variables[newRowsName];
  const tied = config.tie_word_embeddings;
  const baseHead = tied ? baseTable : baseRows(headName);
  const newHead = tied ? newTable : store.variables[newHeadRowsName];
  const last = config.vocab_size - 1;
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
  config: LlamaConfig,
  source: WeightSource,
  { firstNewToken }: LoraOptions,
): ParameterSpec[] {
  if (firstNewToken >= config.vocab_size) return [];
  const width = config.hidden_size;
  const rows = (name: string, from: string): ParameterSpec => ({
    name,
    shape: [config.vocab_size - firstNewToken, width],
    decay: false,
    initialise: (target) =>
      target.set(source.read(from, [config.vocab_size, width]).subarray(firstNewToken * width)),
  });
  return config.tie_word_embeddings
    ? [rows(newRowsName, embeddingName)]
    : [rows(newRowsName, embeddingName), rows(newHeadRowsName, headName)];
}

/** The low-rank matrices, and how they start. */
export function adapterSpecs(
  config: LlamaConfig,
  { lora_r, lora_target_modules, seed }: Pick<LoraOptions, 'lora_r' | 'lora_target_modules' | 'seed'>,
): ParameterSpec[] {
  return Array.from({ length: config.num_hidden_layers }, (_, layer) =>
    lora_target_modules.flatMap((projection): ParameterSpec[] => {
      const weightName = layerName(layer, projectionPath(projection));
      const [out, width] = projectionShape(config, projection);
      const random = createRandom(seed, 'lora', weightName);
      // Uniform in +-1 / sqrt(in): Kaiming's rule with a = sqrt(5), as PEFT starts A.
      const bound = 1 / Math.sqrt(width);
      return [
        {
          name: adapterName(weightName, 'A'),
          shape: [lora_r, width],
          decay: true,
          initialise: (target) => {
            for (let at = 0; at < target.length; at++) target[at] = (2 * random.float() - 1) * bound;
          },
        },
        { name: adapterName(weightName, 'B'), shape: [out, lora_r], decay: true, initialise: () => {} },
      ];
    }),
  ).flat();
}
