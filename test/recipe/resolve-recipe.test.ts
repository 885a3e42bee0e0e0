import test from 'ava';
import { parse } from 'yaml';
import { findRecipe } from '../../orchestrator/recipe/find-recipe.ts';
import { resolveRecipe } from '../../orchestrator/recipe/resolve-recipe.ts';
import { packageRoot } from '../../orchestrator/shared/package-root.ts';
import { smallRecipe, withRecipes } from './with-recipes.ts';

test('a recipe of a few lines gets every default, absolute paths and the name of its file', (t) => {
  const at = withRecipes(t, { 'my shop.yaml': smallRecipe });
  const { recipe } = resolveRecipe(at('my shop.yaml'));
  t.is(recipe.name, 'my-shop');
  t.is(recipe.dataset.path, at('data'));
  t.is(recipe.dataset.k_core, 5);
  t.is(recipe.embedding.behaviour.encoder, 'sasrec');
  t.is(recipe.prompts.templates, `${packageRoot}/prompts`);
  t.is(recipe.vocabulary.extension, `${packageRoot}/vocab-extensions/item-codes.yaml`);
  t.is(recipe.training.stages[0].max_grad_norm, 1);
});

test('defaults give way to extends, extends to the recipe, the recipe to --set', (t) => {
  const at = withRecipes(t, {
    'first.yaml': `seed: 2\ndecoding: {num_beams: 30}\nevaluation: {cutoffs: [1], max_users: 7}\n`,
    'second.yaml': `seed: 3\n`,
    'own.yaml': `extends: [first.yaml, second.yaml]\nevaluation: {cutoffs: [3, 4]}\n${smallRecipe}`,
  });
  const { recipe } = resolveRecipe(at('own.yaml'), {
    set: ['evaluation.cutoffs.1=9', 'evaluation.cutoffs.2=12', 'training.stages[0].epochs=3'],
  });
  t.is(recipe.seed, 3);
  t.is(recipe.decoding.num_beams, 30);
  t.deepEqual(recipe.evaluation.cutoffs, [3, 9, 12], 'the second is another one, a third is added');
  t.is(recipe.evaluation.max_users, 7);
  t.is(recipe.evaluation.bootstrap_samples, 1000);
  t.is(recipe.training.stages[0].epochs, 3);
});

test('null takes an item out of a list', (t) => {
  const at = withRecipes(t, { 'own.yaml': `evaluation: {cutoffs: [1, 5, 10]}\n${smallRecipe}` });
  const { recipe } = resolveRecipe(at('own.yaml'), { set: ['evaluation.cutoffs.1=null'] });
  t.deepEqual(recipe.evaluation.cutoffs, [1, 10]);
});

test('a path starts at the file that names it, also across extends', (t) => {
  const at = withRecipes(t, {
    'parts/data.yaml': 'dataset: {format: sequences, path: ../data}\n',
    'own.yaml': `extends: parts/data.yaml\n${smallRecipe.slice(smallRecipe.indexOf('training'))}`,
  });
  t.is(resolveRecipe(at('own.yaml')).recipe.dataset.path, at('data'));
});

test('a bare name means the recipe of that name that comes with eager-llm, unless a file has it', (t) => {
  const at = withRecipes(t, { smoke: smallRecipe, 'own.yaml': 'extends: quickstart\nseed: 9\n' });
  t.is(findRecipe('quickstart', at('.')), `${packageRoot}/recipes/quickstart.yaml`);
  t.is(findRecipe('data', at('.')), at('data'));
  t.is(findRecipe('smoke', at('.')), at('smoke'));
  t.is(resolveRecipe('smoke').recipe.dataset.path, `${packageRoot}/datasets/beauty-small`);
  const { recipe } = resolveRecipe(at('own.yaml'));
  t.is(recipe.seed, 9);
  t.is(recipe.training.stages.length, 2);
});

test('environment variables fill texts and numbers, with defaults and an escape', (t) => {
  const at = withRecipes(t, {
    'own.yaml': `seed: \${SEED:-7}\ndecoding:\n  num_beams: \${BEAMS}\n${smallRecipe.replace('path: data', `path: "\${PLACE}"`)}`,
    'escaped.yaml': smallRecipe.replace('path: data', () => "path: '$${PLACE}'"),
  });
  const { recipe } = resolveRecipe(at('own.yaml'), { env: { PLACE: 'data', BEAMS: ' 11\r' } });
  t.is(recipe.seed, 7);
  t.is(recipe.decoding.num_beams, 11);
  t.is(recipe.dataset.path, at('data'));
  const escaped = t.throws(() => resolveRecipe(at('escaped.yaml'), { env: { PLACE: 'data' } }));
  t.regex(escaped.message, /\$\{PLACE\} does not exist/);
});

test('lines may end as on any system', (t) => {
  const at = withRecipes(t, { 'own.yaml': `seed: 5\n${smallRecipe}`.replaceAll('\n', '\r') });
  t.is(resolveRecipe(at('own.yaml')).recipe.seed, 5);
});

test('aliases of YAML may be used', (t) => {
  const at = withRecipes(t, {
    'own.yaml': `seed: &one 5\nevaluation: {max_users: *one}\n${smallRecipe}`,
  });
  t.is(resolveRecipe(at('own.yaml')).recipe.evaluation.max_users, 5);
});

test('merge keys of YAML bring what a map does not say itself, the first map before the later ones', (t) => {
  const at = withRecipes(t, {
    'own.yaml': `${smallRecipe}evaluation:
  <<: [{max_users: 4, bootstrap_samples: 20}, {max_users: 5, cutoffs: [2]}]
  bootstrap_samples: 10
`,
  });
  const { evaluation } = resolveRecipe(at('own.yaml')).recipe;
  t.like(evaluation, { max_users: 4, bootstrap_samples: 10, cutoffs: [2] });
});

test('a base model lends its tokenizer', (t) => {
  const at = withRecipes(t, { 'own.yaml': `model: {base_model: someone/small-llama}\n${smallRecipe}` });
  t.is(resolveRecipe(at('own.yaml')).recipe.vocabulary.base_tokenizer, 'someone/small-llama');
});

test('the resolved recipe is a recipe again, with the same hash', (t) => {
  const at = withRecipes(t, { 'own.yaml': smallRecipe });
  const first = resolveRecipe(at('own.yaml'));
  const again = withRecipes(t, { 'again.yaml': first.yaml });
  const second = resolveRecipe(again('again.yaml'));
  t.deepEqual(second.recipe, first.recipe);
  t.is(second.hash, first.hash);
  t.deepEqual(parse(first.yaml), first.recipe);
});

test('a run is named after the recipe that was launched, not after one that it extends', (t) => {
  const at = withRecipes(t, {
    'base.yaml': `name: first\n${smallRecipe}`,
    'mine.yaml': 'extends: base.yaml\n',
  });
  t.is(resolveRecipe(at('base.yaml')).recipe.name, 'first');
  t.is(resolveRecipe(at('mine.yaml')).recipe.name, 'mine');
});
