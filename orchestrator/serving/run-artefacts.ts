import { join } from 'node:path';
import { openPromptArtefacts, type PromptArtefacts } from '../opened-run/artefacts.ts';
import type { Recipe } from '../recipe/schema.ts';
import { currentFolder } from '../runs/current-version.ts';
import { recipeName } from '../runs/run-files.ts';
import type { StageState } from '../runs/run-states.ts';
import { type FolderOf, type StageName, stageFolderName, stageNames } from '../runs/stage-names.ts';
import { openWholeStages } from '../runs/whole-stages.ts';
import { isThere } from '../storage/is-there.ts';
import { noRun } from './no-run.ts';
import { readRunRecipe } from './run-recipe.ts';

export interface RunArtefacts {
  /** Of the version that was opened. */
  folder: string;
  recipe: Recipe;
  artefacts: PromptArtefacts;
  /** Folder of a stage; throws a UserError where the stage is not finished. */
  folderOf: FolderOf;
  stateOf(stage: StageName): StageState;
  /**
   * Reads the files of a stage whose paths begin like this, all by default; throws a UserError for one that was
   * changed.
   */
  verify(stage: StageName, beginnings?: readonly string[]): Promise<void>;
}

const trained = stageNames.filter((stage) => stage !== 'evaluation');
const read: readonly StageName[] = ['dataset', 'item-index', 'vocabulary', 'prompts'];

/**
 * Dataset, index, vocabulary and prompts of a run whose training is finished, as its stages left them. Throws a UserError
 * unless they and the model were made from one another, and for a file of theirs that was changed since.
 */
export async function openRunArtefacts(runsFolder: string, name: string): Promise<RunArtefacts> {
  const folder = currentFolder(runsFolder, name);
  if (!isThere(join(folder, recipeName))) throw noRun(folder, name);
  const stages = openWholeStages(folder, trained.map(stageFolderName));
  const recipe = readRunRecipe(folder);
  const folderOf: FolderOf = (stage) => stages.folderOf(stageFolderName(stage));
  const verify: RunArtefacts['verify'] = (stage, beginnings = ['']) =>
    stages.verify(stageFolderName(stage), (path) =>
      beginnings.some((beginning) => path.startsWith(beginning)),
    );
  for (const stage of read) await verify(stage);
  return {
    folder,
    recipe,
    folderOf,
    stateOf: (stage) => stages.stateOf(stageFolderName(stage)),
    verify,
    artefacts: await openPromptArtefacts(folderOf, recipe),
  };
}
