import { join } from 'node:path';
import type { Recipe } from '../recipe/schema.ts';
import { folderToPrepare } from '../runs/choose-version.ts';
import { currentFolder } from '../runs/current-version.ts';
import { type FolderOf, stageFolderName } from '../runs/stage-names.ts';
import { UserError } from '../shared/errors.ts';
import { stages } from '../stages/index.ts';
import { keyInRun } from '../stages/stage-keys.ts';
import { executeRecipe, type RunRecipeOptions } from './run-recipe.ts';

/**
 * Where the dataset, codes and vocabulary of a recipe lie, from which its rows are rendered. Those of the run are taken
 * where they are the recipe's, so that a look at other templates begins no new version; otherwise they are made.
 */
export async function folderOfRows(
  recipe: Recipe,
  {
    recipe: file,
    set,
    run,
    runsFolder,
  }: Pick<RunRecipeOptions, 'recipe' | 'set' | 'runsFolder'> & { run: string },
): Promise<FolderOf> {
  const there = new Set([currentFolder(runsFolder, run), folderToPrepare(runsFolder, run)]);
  for (const folder of there) if (await isOf(recipe, folder)) return folderIn(folder);
  const { folder } = await executeRecipe({ recipe: file, set, run, runsFolder, until: 'vocabulary' });
  return folderIn(folder);
}

async function isOf(recipe: Recipe, folder: string): Promise<boolean> {
  try {
    await keyInRun(folder, recipe, stages, 'prompts');
    return true;
  } catch (error) {
    // What is damaged is made anew; what there can never be is said.
    if (error instanceof UserError && error.code !== 'runs/no-such-stage') return false;
    throw error;
  }
}

function folderIn(folder: string): FolderOf {
  return (stage) => join(folder, stageFolderName(stage));
}
