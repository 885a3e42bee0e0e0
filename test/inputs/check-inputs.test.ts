import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { inputProblems, moduleProblems } from '../../orchestrator/inputs/check-inputs.ts';
import { resolveRecipe } from '../../orchestrator/recipe/resolve-recipe.ts';
import { packageRoot } from '../../orchestrator/shared/package-root.ts';
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

const metrics: [what: string, worth: string, problem: RegExp | null][] = [
  [
    'is more than 1',
    '2',
    /own\.mjs evaluation\.metrics worth\(1, 5\) gave 2; expected a number from 0 to 1$/,
  ],
  ['throws', 'nothing.here', /own\.mjs:1 evaluation\.metrics the module failed: nothing is not defined$/],
  [
    'goes wrong at the last rank of the longest list alone',
    'rank < 8 ? 1 : -1',
    /worth\(8, 8\) gave -1; expected a number from 0 to 1$/,
  ],
  ['is a share at every rank', '1 / rank', null],
];

for (const [what, worth, problem] of metrics)
  test(`a metric that ${what} is ${problem ? 'refused' : 'taken'} before anything runs`, async (t) => {
    const at = withRecipes(t, {
      'own.yaml': smallRecipe,
      'own.mjs': `export default { name: 'own', worth: (rank) => ${worth} };`,
    });
    const set = [`evaluation.metrics=[${at('own.mjs')}]`, 'evaluation.cutoffs=[5, 8]'];
    const found = await moduleProblems(resolveRecipe(at('own.yaml'), { set }).recipe);
    t.is(found.length, problem ? 1 : 0);
    for (const { place, path, message } of found)
      t.regex([place, path, message].join(' '), problem as RegExp);
  });

test('tokens for users need a row that has {user}', async (t) => {
  const asked = [`dataset.path=${join(packageRoot, 'datasets/beauty-small')}`, 'vocabulary.user_tokens=20'];
  const problemsOf = async (recipe: string, set: string[]) =>
    (await inputProblems(resolveRecipe(recipe, { set: [...asked, ...set] }).recipe)).map(
      ({ path, message }) => `${path}: ${message}`,
    );
  const tiger = join(packageRoot, 'recipes/tiger.yaml');
  t.deepEqual(await problemsOf(tiger, []), []);
  const refused = [
    'vocabulary.user_tokens: tokens for users are asked for, and no row that is trained has {user}',
  ];
  t.deepEqual(await problemsOf(tiger, [`prompts.templates=${shippedPrompts}`]), refused);
  // Its histories are rows without any template.
  t.deepEqual(await problemsOf(join(packageRoot, 'recipes/smoke.yaml'), []), refused);
});
