import { add, matMul, quantizedMatMul } from '../engine/functions.ts';
import { createParameterStore, type ParameterSpec } from '../engine/optimisers/parameters.ts';
import { quantizedMatrix } from '../engine/quantized-matrix.ts';
import type { QuantizationBits, QuantizedMatrix } from '../engine/types.ts';
import { createRandom } from '../shared/random.ts';
import type { ModelDefinition, ModelTensors, SequenceModel, TensorSpec, WeightSource } from './model.ts';
import { frozenWeights, plainTensors, shapesOf, type TensorOptions } from './model-tensors.ts';
import { isLargeVocabulary, newRowSpecs, type SplitOptions, splitVocabulary } from './split-vocabulary.ts';

export interface LoraOptions extends SplitOptions, TensorOptions {
  lora_r: number;
  lora_alpha: number;
  /** Projections that get an adapter, by their names in a layer. */
  lora_target_modules: readonly string[];
  seed: number;
  /** The frozen projections are held in so many bits (QLoRA, Dettmers et al. 2023); absent: in float32. */
  quantization_bit?: QuantizationBits;
}

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
  const base = plainTensors(definition, frozenWeights(definition, source), options);
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
  // Products of few bits are fast in the runtime's own form alone.
  const mapped = isLargeVocabulary(options.firstNewToken) && options.quantization_bit === undefined;
  return { definition, store, tensors: { ...base, project, ...vocabulary }, training: { mapped } };
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
