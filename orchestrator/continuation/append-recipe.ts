import { join } from 'node:path';
import { templatesFolder } from '../opened-run/stage-files.ts';
import { type ResolvedRecipe, resolvedOf } from '../recipe/resolve-recipe.ts';
import { recipeName } from '../runs/run-files.ts';
import { UserError } from '../shared/errors.ts';
import { isThere } from '../storage/is-there.ts';
import { openBaseRun } from './base-run.ts';

/**
 * The recipe of a run `name`, beside the finished run in `folder`, that has its model, and more items from a table. Throws
 * a UserError where either is not there, or where `name` is another run.
 */
export function appendRecipe(folder: string, items: string, name: string): ResolvedRecipe {
  const base = openBaseRun(folder);
  const target = join(folder, '..', name);
  const file = join(target, recipeName);
  if (!isThere(items))
    throw new UserError('continue/no-items', 'there is no such file', {
      place: items,
      remedy: 'Give a table of the new items, as eager-llm catalogue append RUN items.csv.',
    });
  const recipe = {
    ...base.recipe,
    name,
    continue: folder,
    append: items,
    // As the model was trained to be asked.
    prompts: { ...base.recipe.prompts, templates: join(base.folderOf('prompts'), templatesFolder) },
  };
  if (isThere(file)) checkSame(target, folder, items);
  return resolvedOf(recipe, join(folder, recipeName));
}

/** A run that answers is not to be replaced by one with other items. */
function checkSame(target: string, folder: string, items: string): void {
  const { recipe } = openedOrNull(target) ?? {};
  if (!recipe || (recipe.continue === folder && recipe.append === items)) return;
  throw new UserError('continue/name-taken', 'is another run, which would be replaced', {
    place: target,
    remedy: 'Give the run with the new items another name: --name NAME.',
  });
}

/** Null for what is not finished: the same command goes on with it. */
function openedOrNull(folder: string) {
  try {
    return openBaseRun(folder);
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}
