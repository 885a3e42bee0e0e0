import { join } from 'node:path';
import { finalModelFolder } from '../opened-run/stage-files.ts';
import { type Recipe, recipeSchema } from '../recipe/schema.ts';
import { readManifest } from '../runs/manifest.ts';
import { recipeName } from '../runs/run-files.ts';
import { type FolderOf, type StageName, stageFolderName, stageNames } from '../runs/stage-names.ts';
import { versionName } from '../runs/versions.ts';
import { openWholeStages } from '../runs/whole-stages.ts';
import { UserError } from '../shared/errors.ts';
import { readYaml } from '../storage/yaml-file.ts';

/** The run that another one goes on from. */
export interface BaseRun {
  name: string;
  recipe: Recipe;
  /** Folder of a stage; throws a UserError where it is not whole. */
  folderOf: FolderOf;
  /** Reads all that is gone on from; throws a UserError for a file that was changed since. */
  verify(): Promise<void>;
}

const needed = stageNames.filter((stage) => stage !== 'evaluation').map(stageFolderName);

/**
 * Opens a run folder. Throws a UserError unless its training is finished, its stages belong together, and its model can
 * learn new items.
 */
export function openBaseRun(folder: string): BaseRun {
  const stages = openWholeStages(folder, needed);
  const recipe = readYaml(join(folder, recipeName), recipeSchema, {
    area: 'continue',
    remedy: 'The recipe of a run is written by eager-llm: run the recipe again.',
  });
  if (recipe.prompts.layout === 'items')
    throw new UserError(
      'continue/holds-items',
      `has the model.family ${recipe.model.family}, which holds something of each item, and nothing of new ones`,
      { place: folder, remedy: 'Train it anew with the new items and events.' },
    );
  return {
    name: versionName(folder),
    recipe,
    folderOf: (stage) => stages.folderOf(stageFolderName(stage)),
    async verify() {
      // Of the training, what its parts began with and stopped at is nobody's concern any more.
      for (const stage of needed)
        await stages.verify(
          stage,
          (path) => stage !== stageFolderName('training') || path.startsWith(`${finalModelFolder}/`),
        );
    },
  };
}

/** The key that a stage has in such a folder. Throws a UserError where the stage is not finished. */
export function keyInBaseRun(folder: string, stage: StageName): string {
  const manifest = readManifest(join(folder, stageFolderName(stage)));
  if (manifest) return manifest.key;
  throw new UserError('continue/unfinished', `the stage ${stage} of the run to go on from is not finished`, {
    place: folder,
    remedy: 'Finish that run first: eager-llm run with its recipe.',
  });
}
