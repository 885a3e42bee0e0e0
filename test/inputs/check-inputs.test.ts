import { cpSync, rmSync } from 'node:fs';
import test from 'ava';
import { inputProblems } from '../../orchestrator/inputs/check-inputs.ts';
import { resolveRecipe } from '../../orchestrator/recipe/resolve-recipe.ts';
import { shippedPrompts } from '../prompts/helpers.ts';
import { smallRecipe, withRecipes } from '../recipe/with-recipes.ts';

test('a folder of templates needs files for the tasks that the recipe trains, and for no others', async (t) => {
  const at = withRecipes(t, { 'own.yaml': smallRecipe });
  cpSync(shippedPrompts, at('words'), { recursive: true });
  rmSync(at('words/preference.yaml'));
  const problemsOf = async (set: string[]) => {
    const { recipe } = resolveRecipe(at('own.yaml'), { set: [`prompts.templates=${at('words')}`, ...set] });
    return (await inputProblems(recipe)).map(({ path, place, message }) => [path, place, message].join(' '));
  };
  t.deepEqual(await problemsOf([]), []);
  const [problem, ...others] = await problemsOf(['training.stages.0.tasks={preference: 1}']);
  t.regex(problem, /^prompts\.templates .*preference\.yaml the file is missing/);
  t.deepEqual(others, []);
});
