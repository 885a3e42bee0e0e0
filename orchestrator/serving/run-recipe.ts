import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { templatesFolder, withKeptTemplates } from '../opened-run/stage-files.ts';
import { type Recipe, recipeSchema } from '../recipe/schema.ts';
import { resumeLine } from '../runs/resume-line.ts';
import { recipeName, recordName } from '../runs/run-files.ts';
import { isRecipeOf, readRunRecord } from '../runs/run-record.ts';
import { stageFolderName } from '../runs/stage-names.ts';
import { UserError } from '../shared/errors.ts';
import { isThere } from '../storage/is-there.ts';
import { readYaml } from '../storage/yaml-file.ts';

/**
 * The recipe of a run, as it was written there, with the templates that the run was trained with. Throws a UserError if
 * it was changed since: the model was not trained with the change.
 */
export function readRunRecipe(runFolder: string): Recipe {
  const file = join(runFolder, recipeName);
  const recipe = readYaml(file, recipeSchema, {
    area: 'serving',
    remedy: 'The recipe of a run is written by eager-llm: run the recipe again.',
  });
  if (!isRecipeOf(readRunRecord(join(runFolder, recordName)), readFileSync(file, 'utf8')))
    throw new UserError('runs/changed-recipe', 'was changed after the run was made', {
      place: file,
      remedy: `${resumeLine(runFolder)} applies the change: it reuses what still fits and rebuilds the rest.`,
    });
  const templates = join(runFolder, stageFolderName('prompts'), templatesFolder);
  return isThere(templates) ? { ...recipe, prompts: withKeptTemplates(recipe.prompts, templates) } : recipe;
}
