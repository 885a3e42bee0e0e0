import { join } from 'node:path';
import { templatesFolder, withKeptTemplates } from '../opened-run/stage-files.ts';
import { type ResolvedRecipe, resolvedOf } from '../recipe/resolve-recipe.ts';
import { recipeName } from '../runs/run-files.ts';
import { UserError } from '../shared/errors.ts';
import { isThere } from '../storage/is-there.ts';
import { openBaseRun } from './base-run.ts';

/**
 * The recipe of a run that has the model of the finished run in `folder`, and more items from a table. Throws a UserError
 * where either is not there.
 */
export function appendRecipe(folder: string, items: string): ResolvedRecipe {
  const base = openBaseRun(folder);
  if (!isThere(items))
    throw new UserError('continue/no-items', 'there is no such file', {
      place: items,
      remedy: 'Give a table of the new items, as eager-llm catalogue append RUN items.csv.',
    });
  const recipe = {
    ...base.recipe,
    continue: folder,
    append: items,
    // As the model was trained to be asked.
    prompts: withKeptTemplates(base.recipe.prompts, join(base.folderOf('prompts'), templatesFolder)),
  };
  return resolvedOf(recipe, join(folder, recipeName));
}
