import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { UserError } from '../shared/errors.ts';
import { isThere } from '../storage/is-there.ts';
import { readJson, writeJson } from '../storage/json-file.ts';
import { eagerFamily } from './eager/family.ts';
import { ligerFamily } from './liger/family.ts';
import { llamaFamily } from './llama/family.ts';
import type { ModelDefinition, ModelFamily } from './model.ts';
import type { FamilyName } from './settings.ts';
import { t5Family } from './t5/family.ts';

/** Families of models by the names that recipes have for them. A new one is a folder beside `llama/`, and a line here. */
export const modelFamilies: Record<FamilyName, ModelFamily> = {
  llama: llamaFamily,
  t5: t5Family,
  eager: eagerFamily,
  liger: ligerFamily,
};

/** Reads `config.json` of a model folder. Throws a UserError for a model that is not supported here. */
export function readModel(
  folder: string,
  families: Record<string, ModelFamily> = modelFamilies,
): ModelDefinition {
  const place = join(folder, 'config.json');
  const remedy = 'Give a folder with a Hugging Face model: config.json, model.safetensors, tokenizer.json.';
  if (!isThere(place)) checkFolder(folder);
  return parseModel(readJson(place, remedy), place, families);
}

/** A folder without config.json is often an adapter, or holds the model in a folder of its own. */
function checkFolder(folder: string): void {
  if (isThere(join(folder, 'adapter_config.json')))
    throw new UserError('model/adapter-alone', 'holds an adapter of PEFT, and no model', {
      place: folder,
      remedy:
        'Merge it with its base once: in Python, AutoPeftModelForCausalLM.from_pretrained(folder).merge_and_unload().save_pretrained(other). A run of eager-llm is exported whole with --to hf.',
    });
  const inside = foldersIn(folder);
  // The hub's cache has snapshots/REVISION, trainers have checkpoint-500.
  const inner = [...inside, ...inside.flatMap(foldersIn)].find((each) => isThere(join(each, 'config.json')));
  if (inner !== undefined)
    throw new UserError('model/in-another-folder', `config.json lies deeper, in ${relative(folder, inner)}`, {
      place: folder,
      remedy: `Name that folder: ${inner}`,
    });
}

/** None in a folder that is none, or that may not be looked into. */
function foldersIn(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
  } catch {
    return [];
  }
}

/** The same of what `config.json` holds. */
export function parseModel(
  config: unknown,
  place: string,
  families: Record<string, ModelFamily> = modelFamilies,
): ModelDefinition {
  const type = (config as { model_type?: unknown } | null)?.model_type;
  const known = Object.values(families);
  const family = known.find(({ modelTypes }) => modelTypes.some((name) => name === type));
  if (family) return family.parse(config, place);
  throw new UserError(
    'model/unknown-type',
    `model_type is ${JSON.stringify(type) ?? 'missing'}, and this engine computes ${known.flatMap(({ modelTypes }) => modelTypes).join(', ')}`,
    { place, remedy: 'Use a model of one of these types, such as LLaMA 3, SmolLM2, Qwen2.5 or Qwen3.' },
  );
}

export function saveModelConfig(folder: string, { config, architecture }: ModelDefinition): void {
  writeJson(join(folder, 'config.json'), {
    ...config,
    // Of the weights that are written beside it, whatever the base had.
    architectures: [architecture],
    torch_dtype: 'float32',
    ...('dtype' in config ? { dtype: 'float32' } : {}),
  });
}
