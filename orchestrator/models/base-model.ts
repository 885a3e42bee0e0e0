import { statSync } from 'node:fs';
import { UserError } from '../shared/errors.ts';
import type { HubOptions } from '../storage/hub-files.ts';
import { isHubId } from '../storage/hub-files.ts';
import { isThere } from '../storage/is-there.ts';
import { checkBaseModel } from './check-base-model.ts';
import { type Checkpoint, openCheckpoint } from './checkpoint.ts';
import { downloadBaseModel } from './download-base-model.ts';
import type { ModelDefinition } from './model.ts';
import { readModel } from './registry.ts';
import { readsItems } from './settings.ts';

export interface BaseModel {
  /** Where config.json, the weights and the tokenizer lie. */
  folder: string;
  definition: ModelDefinition;
  /** To be closed by the caller. */
  weights: Checkpoint;
}

/**
 * Opens a model in a folder, or by its hub id: then it is downloaded into `cacheFolder` first, unless it is there.
 * Config, tensors and tokenizer are checked against each other before any weight is read; throws a UserError with
 * all that does not fit.
 */
export async function openBaseModel(folderOrId: string, options: HubOptions = {}): Promise<BaseModel> {
  const folder = await folderOf(folderOrId, options);
  const definition = readModel(folder);
  if (readsItems(definition.family))
    throw new UserError(
      'model/reads-no-texts',
      `is of the family ${definition.title}, which reads items and no texts: it is no base`,
      {
        place: folder,
        remedy: `Name a LLaMA or a T5, or train it from scratch (model.base_model: null, model.family: ${definition.family}).`,
      },
    );
  const weights = openCheckpoint(folder);
  try {
    checkBaseModel(folder, definition, weights);
  } catch (error) {
    weights.close();
    throw error;
  }
  return { folder, definition, weights };
}

async function folderOf(folderOrId: string, options: HubOptions): Promise<string> {
  if (isThere(folderOrId)) {
    if (statSync(folderOrId).isDirectory()) return folderOrId;
    throw new UserError('model/not-a-folder', 'expected a folder that holds a model, got a file', {
      place: folderOrId,
      remedy: 'Name the folder with config.json, model.safetensors and tokenizer.json.',
    });
  }
  if (isHubId(folderOrId)) return downloadBaseModel(folderOrId, options);
  throw new UserError('model/not-found', 'the folder does not exist, and it is no hub id (owner/name)', {
    place: folderOrId,
    remedy: 'Correct the path (in a recipe it starts at the recipe), or give a hub id such as owner/model.',
  });
}
