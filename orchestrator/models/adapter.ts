import { join } from 'node:path';
import type { ParameterStore } from '../engine/optimisers/parameters.ts';
import { writeJson } from '../storage/json-file.ts';
import { type StoredTensor, writeSafetensors } from '../storage/safetensors.ts';
import { adapterName, type LoraOptions } from './lora.ts';
import type { ModelDefinition, WeightSource } from './model.ts';
import { newHeadRowsName, newRowsName } from './split-vocabulary.ts';

/**
 * Writes an adapter in PEFT's form: `adapter_config.json` and `adapter_model.safetensors`, low-rank matrices and the
 * trained rows of new tokens (`trainable_token_indices`), never whole embeddings.
 */
export function saveAdapter(
  folder: string,
  definition: ModelDefinition,
  store: ParameterStore,
  options: LoraOptions & { lora_dropout: number; base_model_name_or_path: string },
): void {
  const newIds = Array.from(
    { length: definition.config.vocab_size - options.firstNewToken },
    (_, at) => options.firstNewToken + at,
  );
  writeJson(join(folder, 'adapter_config.json'), {
    peft_type: 'LORA',
    task_type: definition.adapterTask,
    base_model_name_or_path: options.base_model_name_or_path,
    bias: 'none',
    fan_in_fan_out: false,
    inference_mode: true,
    init_lora_weights: true,
    r: options.lora_r,
    lora_alpha: options.lora_alpha,
    lora_dropout: options.lora_dropout,
    target_modules: [...options.lora_target_modules],
    trainable_token_indices: tokenIndices(definition, newIds),
  });
  const tensors: Record<string, StoredTensor> = {};
  for (const { name, shape, auxiliary } of store.specs)
    if (!auxiliary)
      tensors[peftName(definition, name)] = {
        shape: [...shape],
        data: store.valueViews[name].data,
      };
  writeSafetensors(join(folder, 'adapter_model.safetensors'), tensors);
}

function tokenIndices({ embedding, head }: ModelDefinition, ids: number[]) {
  if (ids.length === 0) return null;
  return head === embedding ? ids : { [moduleOf(embedding)]: ids, [moduleOf(head)]: ids };
}

/** PEFT finds a module by the end of its name: `embed_tokens` of `model.embed_tokens.weight`. */
export function moduleOf(tensor: string): string {
  return tensor.split('.').at(-2) ?? tensor;
}

/** The base with the adapter added in: W + (alpha / r) B A, and the trained rows in their places. */
export function mergedWeights(
  base: WeightSource,
  { embedding, head, hiddenSize }: ModelDefinition,
  store: ParameterStore,
  { lora_r, lora_alpha, firstNewToken }: LoraOptions,
): WeightSource {
  const view = (name: string) => store.valueViews[name]?.data;
  return {
    read(name, shape) {
      const newRows =
        name === embedding ? view(newRowsName) : name === head ? view(newHeadRowsName) : undefined;
      const [a, b] = [view(adapterName(name, 'A')), view(adapterName(name, 'B'))];
      if (!newRows && !(a && b)) return base.read(name, shape);
      const merged = Float32Array.from(base.read(name, shape));
      if (newRows) merged.set(newRows, firstNewToken * hiddenSize);
      if (a && b) addProduct(merged, b, a, lora_r, lora_alpha / lora_r);
      return merged;
    },
  };
}

/** target [out, in] += scale * b [out, r] a [r, in] */
function addProduct(target: Float32Array, b: Float32Array, a: Float32Array, r: number, scale: number): void {
  const columns = a.length / r;
  for (let row = 0; row < b.length / r; row++) {
    for (let inner = 0; inner < r; inner++) {
      const factor = scale * b[row * r + inner];
      for (let column = 0; column < columns; column++)
        target[row * columns + column] += factor * a[inner * columns + column];
    }
  }
}

/** A trained tensor's name in `adapter_model.safetensors`. */
export function peftName({ embedding, head }: ModelDefinition, name: string): string {
  const rowsOf = (table: string) =>
    `base_model.model.${table.replace(/\.weight$/, '')}.token_adapter.trainable_tokens_delta`;
  if (name === newRowsName) return rowsOf(embedding);
  if (name === newHeadRowsName) return rowsOf(head);
  return `base_model.model.${name}`;
}
