import { dirname } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { checkRecipe, checkRecipeText } from '../../orchestrator/recipe/resolve-recipe.ts';
import { smallRecipe, withRecipes } from './with-recipes.ts';

const own = `${smallRecipe}item_index:
  module: ./codes.mjs
evaluation:
  metrics:
    - ./metrics/precision.mjs
    - found-package
`;

const files = {
  'own.yaml': own,
  'codes.mjs': 'export default {};',
  'metrics/precision.mjs': 'export default {};',
  'node_modules/found-package/package.json':
    '{"name": "found-package", "type": "module", "exports": "./main.js"}',
  'node_modules/found-package/main.js': 'export default {};',
};

const problemsOf = (t: ExecutionContext, more: Record<string, string>) => {
  const { problems } = checkRecipe(withRecipes(t, { ...files, ...more })('own.yaml'));
  return problems.map(({ place, path, message }) => [place.split(':').at(-1), path, message]);
};

test('modules are paths from the file that names them, or packages that are installed there', (t) => {
  const at = withRecipes(t, files);
  const { resolved, problems } = checkRecipe(at('own.yaml'));
  t.deepEqual(problems, []);
  t.is(resolved?.recipe.item_index.module, at('codes.mjs'));
  t.deepEqual(resolved?.recipe.evaluation.metrics, [
    at('metrics/precision.mjs'),
    at('node_modules/found-package/main.js'),
  ]);
});

test('one that is not there is named with its line', (t) => {
  const found = problemsOf(t, {
    'own.yaml': own.replace('found-', 'lost-').replace('codes.mjs', 'cods.mjs'),
  });
  t.deepEqual(
    found.map(([line, path]) => [line, path]),
    [
      ['11', 'item_index.module'],
      ['15', 'evaluation.metrics.1'],
    ],
  );
  t.regex(found[0][2] ?? '', /cods\.mjs does not exist/);
  t.regex(found[1][2] ?? '', /there is no package "lost-package"/);
});

test('a recipe of the page names none, not even in a folder that it may read, or by what it extends', (t) => {
  const at = withRecipes(t, files);
  const folder = dirname(at('own.yaml'));
  const check = (text: string) =>
    checkRecipeText(text, { label: 'this recipe', folder, folders: [folder] }).problems;
  for (const text of [own, 'extends: own.yaml\n'])
    t.deepEqual(
      check(text).map(({ path, message }) => [path, /runs as a program/.test(message)]),
      [
        ['item_index.module', true],
        ['evaluation.metrics.0', true],
        ['evaluation.metrics.1', true],
      ],
    );
  t.deepEqual(check(`extends: own.yaml\nitem_index: {module: null}\nevaluation: {metrics: []}\n`), []);
});

test('what a module decides by itself cannot be set beside it', (t) => {
  const found = problemsOf(t, {
    'own.yaml': own.replace('codes.mjs', 'codes.mjs\n  faithful: true\n  digits: {semantic: 1}'),
  });
  t.deepEqual(
    found.map(([, path]) => path),
    ['item_index.faithful', 'item_index.digits'],
  );
});

test('what only ways of eager-llm read cannot be set beside a module', (t) => {
  const settings = [
    'method: rq-vae',
    'collaborative_weight: 0.02',
    'diversity_weight: 1',
    'rq_vae: {latent: 8}',
  ];
  for (const setting of settings) {
    const found = problemsOf(t, { 'own.yaml': own.replace('codes.mjs', `codes.mjs\n  ${setting}`) });
    t.deepEqual(
      found.map(([, path]) => path),
      [`item_index.${setting.split(':')[0]}`],
    );
    t.regex(found[0][2] ?? '', /nothing would read it/);
  }
});
