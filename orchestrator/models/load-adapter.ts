import { join } from 'node:path';
import { floats } from '../engine/floats.ts';
import { UserError } from '../shared/errors.ts';
import { isThere } from '../storage/is-there.ts';
import { openSafetensors, type Safetensors } from '../storage/safetensors.ts';
import { peftName } from './adapter.ts';
import { type AdapterSettings, readAdapterConfig } from './adapter-config.ts';
import { type LoraOptions, loraModel } from './lora.ts';
import type { ModelConfig, ModelDefinition, SequenceModel, WeightSource } from './model.ts';
import { newHeadRowsName, newRowsName } from './split-vocabulary.ts';

export interface LoadedAdapter {
  /** The base with the adapter on it, ready to compute with or to be trained further. */
  model: SequenceModel;
  /** What `mergedWeights` and `saveAdapter` need. */
  options: LoraOptions & { lora_dropout: number; base_model_name_or_path: string };
}

/**
 * Reads an adapter in PEFT's form (`adapter_config.json`, `adapter_model.safetensors`) onto its base: `definition` and
 * `base` with the rows of added tokens in place. `further` is for training it on. Throws a UserError for what is
 * not computed here (DoRA, ranks by pattern, whole saved modules, …) and for an adapter of another base.
 */
export function loadAdapter(
  folder: string,
  definition: ModelDefinition,
  base: WeightSource,
  further: Pick<LoraOptions, 'seed' | 'gradient_checkpointing'> = { seed: 0 },
): LoadedAdapter {
  const { embeddingIds, headIds, ...settings } = readAdapterConfig(folder, definition);
  const { config, hiddenSize } = definition;
  const ids = [...embeddingIds, ...headIds];
  const firstNewToken = ids.reduce((lowest, id) => Math.min(lowest, id), config.vocab_size);
  checkTokens(folder, ids, config);
  const options = { ...settings, firstNewToken, ...further };
  const file = openWeights(folder);
  try {
    const model = loraModel(definition, base, options);
    const carried = carriedTensors(model, { embeddingIds, headIds });
    checkTensors(folder, file, carried);
    for (const { stored, name, ids } of carried) {
      const target = model.store.valueViews[name].data;
      const data = floats(file.read(stored));
      // Rows that the adapter does not carry stay those of the base.
      if (ids) copyRows(target, data, hiddenSize, ids, firstNewToken);
      else target.set(data);
    }
    return { model, options };
  } finally {
    file.close();
  }
}

interface Carried {
  /** In the file. */
  stored: string;
  /** In the parameter store. */
  name: string;
  shape: readonly number[];
  /** Of a table of rows. */
  ids: number[] | null;
}

function carriedTensors(
  { definition, store }: SequenceModel,
  { embeddingIds, headIds }: Pick<AdapterSettings, 'embeddingIds' | 'headIds'>,
): Carried[] {
  const { embedding, head, hiddenSize } = definition;
  // A tied head has no rows of its own, in the model or in the file.
  const rowsOf: Record<string, number[]> = {
    [newRowsName]: head === embedding && embeddingIds.length === 0 ? headIds : embeddingIds,
    [newHeadRowsName]: headIds,
  };
  return store.specs.flatMap(({ name, shape }): Carried[] => {
    const ids = rowsOf[name];
    if (!ids) return [{ stored: peftName(definition, name), name, shape, ids: null }];
    return ids.length > 0
      ? [{ stored: peftName(definition, name), name, shape: [ids.length, hiddenSize], ids }]
      : [];
  });
}

function copyRows(
  target: Float32Array,
  rows: Float32Array,
  width: number,
  ids: number[],
  first: number,
): void {
  for (const [at, id] of ids.entries())
    target.set(rows.subarray(at * width, (at + 1) * width), (id - first) * width);
}

function checkTokens(folder: string, ids: number[], { vocab_size }: ModelConfig): void {
  const highest = ids.reduce((a, b) => Math.max(a, b), 0);
  if (highest >= vocab_size)
    throw new UserError(
      'model/adapter-of-another-base',
      `carries rows of tokens up to id ${highest}, the base has rows up to id ${vocab_size - 1}`,
      {
        place: join(folder, 'adapter_config.json'),
        remedy: 'Use the base that the adapter was trained on, with the rows of its added tokens.',
      },
    );
  if (ids.includes(0))
    throw new UserError(
      'model/unsupported-adapter',
      'trainable_token_indices: id 0 is trained; expected only added tokens, which come after the others',
      {
        place: join(folder, 'adapter_config.json'),
        remedy: 'Merge the adapter into its base in PEFT (merge_and_unload).',
      },
    );
}

function openWeights(folder: string): Safetensors {
  const path = join(folder, 'adapter_model.safetensors');
  const pickled = join(folder, 'adapter_model.bin');
  if (!isThere(path) && isThere(pickled))
    throw new UserError(
      'model/pickle-only',
      'the adapter exists only as a pickle, which can run code when loaded',
      {
        place: pickled,
        remedy: 'Save it again in PEFT with save_pretrained(folder, safe_serialization=True).',
      },
    );
  return openSafetensors(path);
}

function checkTensors(folder: string, file: Safetensors, carried: Carried[]): void {
  const expected = new Map(carried.map(({ stored, shape }) => [stored, shape]));
  const problems: string[] = [];
  for (const [name, shape] of expected) {
    const entry = file.entries.get(name);
    if (!entry) problems.push(`"${name}" is missing`);
    else if (`${entry.shape}` !== `${shape}`)
      problems.push(`"${name}" is [${entry.shape}], the base asks for [${shape}]`);
    else if (!/^(F|BF)/.test(entry.dtype)) problems.push(`"${name}" is of type ${entry.dtype}`);
  }
  for (const name of file.entries.keys())
    if (!expected.has(name))
      problems.push(`"${name}" is there, and this base with these settings has no such`);
  if (problems.length > 0)
    throw new UserError(
      'model/adapter-of-another-base',
      `${problems.length} tensors of the adapter do not fit:\n  ${problems.slice(0, 8).join('\n  ')}`,
      {
        place: join(folder, 'adapter_model.safetensors'),
        remedy:
          'Use the base that the adapter was trained on; if the adapter contains whole embeddings, save it again with save_embedding_layers=False.',
      },
    );
}
