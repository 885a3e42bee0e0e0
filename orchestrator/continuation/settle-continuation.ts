import { isAbsolute, join, resolve } from 'node:path';
import { type ResolvedRecipe, resolvedOf } from '../recipe/resolve-recipe.ts';
import { currentFolder } from '../runs/current-version.ts';
import { recipeName } from '../runs/run-files.ts';
import { UserError } from '../shared/errors.ts';
import { isThere } from '../storage/is-there.ts';
import { openBaseRun } from './base-run.ts';
import { differencesFrom } from './differences.ts';

/**
 * A recipe that is about to run: `continue` names the folder of the run from now on, of the version that answers. A run
 * may go on from itself: what it becomes is a new version. Throws a UserError where that run is not there or not finished,
 * was made by settings that ask for other codes, tokens or weights, has learned the answers of an evaluation, or has files
 * that were changed since.
 */
export async function settleContinuation(
  resolved: ResolvedRecipe,
  runsFolder: string,
): Promise<ResolvedRecipe> {
  const { recipe } = resolved;
  if (recipe.continue === undefined) return resolved;
  const folder = isAbsolute(recipe.continue)
    ? recipe.continue
    : currentFolder(resolve(runsFolder), recipe.continue);
  const refuse = (code: string, message: string, remedy: string) =>
    new UserError(code, message, { place: folder, remedy });
  if (!isThere(join(folder, recipeName)))
    throw refuse(
      'continue/no-run',
      'there is no run to go on from',
      'eager-llm runs ls lists the runs; name one of them in `continue`.',
    );
  const base = openBaseRun(folder);
  const differences = differencesFrom(base.recipe, recipe);
  if (differences.length > 0)
    throw refuse(
      'continue/other-settings',
      `was made by other settings:\n  ${differences.join('\n  ')}`,
      'Take these settings from the recipe of that run, or train anew, without `continue`.',
    );
  if (base.recipe.dataset.split === 'none' && recipe.dataset.split !== 'none')
    throw refuse(
      'continue/learned-all',
      `learned from all events, also from those that dataset.split: ${recipe.dataset.split} would ask about`,
      'Set dataset.split to none, or go on from the evaluated run.',
    );
  await base.verify();
  return resolvedOf({ ...recipe, continue: folder }, resolved.file);
}
