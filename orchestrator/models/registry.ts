import { join } from 'node:path';
import { readJson, writeJson } from '../storage/json-file.ts';
import { eagerFamily } from './eager/family.ts';
import { llamaFamily } from './llama/family.ts';
import type { ModelDefinition, ModelFamily } from './model.ts';
import type { FamilyName } from './settings.ts';
import { t5Family } from './t5/family.ts';

/** Families of models by `model_type`, as `config.json` has it. A new one is a folder beside `llama/`, and a line here. */
export const modelFamilies: Record<FamilyName, ModelFamily> = {
  llama: llamaFamily,
  t5: t5Family,
  eager: eagerFamily,
};

/** Reads `config.json` of a model folder. Throws a UserError for a model that is not supported here. */
export function readModel(
  folder: string,
  families: Record<string, ModelFamily> = modelFamilies,
): ModelDefinition {
  const place = join(folder, 'config.json');
  const remedy = 'Give a folder with a Hugging Face model: config.json, model.safetensors, tokenizer.json.';
  return parseModel(readJson(place, remedy), place, families);
}

/** The same of what `config.json` holds. */
export function parseModel(
  config: unknown,
  place: string,
  families: Record<string, ModelFamily> = modelFamilies,
): ModelDefinition {
  const type = (config as { model_type?: unknown } | null)?.model_type;
  // For an unknown type, the most common family says what does not fit.
  const family =
    typeof type === 'string' && Object.hasOwn(families, type) ? families[type] : modelFamilies.llama;
  return family.parse(config, place);
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
