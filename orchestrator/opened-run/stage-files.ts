import { join } from 'node:path';
import type { Recipe } from '../recipe/schema.ts';
import { predictedRowsName } from '../runs/run-files.ts';

// Apart from artefacts.ts: every stage's process reads these names, few open what they name.

/** Where the embedding stage keeps its two embeddings. */
export const embeddingFiles = {
  semantic: 'semantic.safetensors',
  behaviour: 'behaviour',
  /** Instead of an encoder, where its vectors were given. */
  givenBehaviour: 'behaviour.safetensors',
  /** How the names begin under which it keeps a fitted `lsa`. */
  lsa: 'lsa',
};

/** Folders of the behaviour encoders, the one whose item table is the embedding first; none where it was given. */
export function behaviourFolders(embeddingFolder: string, { embedding: { behaviour } }: Recipe): string[] {
  if (behaviour.path !== null) return [];
  const first = join(embeddingFolder, embeddingFiles.behaviour);
  return Array.from({ length: behaviour.ensemble }, (_, at) => (at === 0 ? first : `${first}-${at + 1}`));
}

/** Rows that texts predict for items that nobody took: beside the stages, in no manifest, since each opening may add some. */
export const predictedRowsFolder = (embeddingFolder: string): string =>
  join(embeddingFolder, '..', predictedRowsName);

/** Where the prompts stage keeps what the behaviour encoders forecast, for training with distillation. */
export const forecastsFile = 'forecasts.safetensors';

/** Does a part of the training learn from the behaviour encoders? */
export function learnsFromForecasts({ training, append }: Recipe): boolean {
  if (append !== undefined) return false;
  return training.stages.some(({ distillation }) => distillation > 0);
}

/** Where the training stage keeps the model that all its parts ended with. */
export const finalModelFolder = 'model';

/** Where the prompts stage keeps the templates that it read: a finished run goes on asking with the same words. */
export const templatesFolder = 'templates';

/** The prompts of a recipe with the templates, and the tasks of the user's, that its run keeps in `folder`. */
export function withKeptTemplates(prompts: Recipe['prompts'], folder: string): Recipe['prompts'] {
  return { ...prompts, templates: folder, own_tasks: prompts.own_tasks === null ? null : folder };
}
