import { writeFileSync } from 'node:fs';
import test, { type ExecutionContext } from 'ava';
import { resolveRecipe } from '../../orchestrator/recipe/resolve-recipe.ts';
import { describeError, UserError } from '../../orchestrator/shared/errors.ts';
import { smallRecipe, withRecipes } from './with-recipes.ts';

const plain = (recommender: string, more = '') =>
  `recommender: ${recommender}\ndataset:\n  format: sequences\n  path: data\n${more}`;

const resolved = (t: ExecutionContext, text: string, set: string[] = []) => {
  const at = withRecipes(t, { 'own.yaml': text });
  return { ...resolveRecipe(at('own.yaml'), { set, env: {} }), at };
};

const refused = test.macro((t, text: string, set: string[], says: RegExp[]) => {
  const error = t.throws(() => resolved(t, text, set), { instanceOf: UserError });
  for (const pattern of says) t.regex(describeError(error), pattern);
});

test('a recipe without a model leaves out what only a model needs, and keeps none of it', (t) => {
  const { recipe, yaml, hash, at } = resolved(t, plain('popularity'));
  t.is(recipe.recommender, 'popularity');
  t.false(recipe.evaluation.baselines.includes('behaviour'));
  for (const section of ['embedding', 'item_index', 'vocabulary', 'prompts', 'model', 'training', 'peft'])
    t.notRegex(yaml, new RegExp(`^${section}:`, 'm'));
  // The recipe that is kept with a run runs again, as the same.
  writeFileSync(at('kept.yaml'), yaml);
  t.is(resolveRecipe(at('kept.yaml'), { env: {} }).hash, hash);
});

test('an encoder needs its embedding, and nothing behind it', (t) => {
  const { yaml } = resolved(t, plain('encoder', 'embedding:\n  behaviour:\n    hidden_size: 8\n'));
  t.regex(yaml, /^embedding:/m);
  t.notRegex(yaml, /^item_index:|^model:/m);
});

test(
  'sections of a model are refused, not ignored',
  refused,
  `recommender: encoder\n${smallRecipe}`,
  [],
  [/own\.yaml:5 {2}training: recommender: encoder has no use for it/],
);
test(
  'so is an embedding where nothing reads it',
  refused,
  plain('what-followed', 'embedding: {}\n'),
  [],
  [/embedding: recommender: what-followed has no use for it/],
);
test(
  'and beams',
  refused,
  plain('popularity'),
  ['decoding.num_beams=5'],
  [/--set decoding\.num_beams=5 {2}decoding\.num_beams: recommender: popularity has no use for it/],
);
test(
  'and encoders as baselines where none is trained',
  refused,
  plain('popularity'),
  ['evaluation.baselines=[behaviour]'],
  [/evaluation\.baselines: behaviour is an encoder, and with recommender: popularity none is trained/],
);
test(
  'an unknown recommender is named with those there are',
  refused,
  plain('popular'),
  [],
  [/recommender: has a wrong value; expected one of generative, encoder, popularity/],
);
test(
  'a model has to be trained',
  refused,
  'dataset:\n  format: sequences\n  path: data\n',
  [],
  [/training: is missing; expected a map of settings/],
);
