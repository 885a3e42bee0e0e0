import { join } from 'node:path';
import test from 'ava';
import { withoutSeenTerm } from '../../orchestrator/recipe/decoding-checks.ts';
import { checkRecipe } from '../../orchestrator/recipe/resolve-recipe.ts';
import { packageRoot } from '../../orchestrator/shared/package-root.ts';

const pathsOf = (recipe: string, set: string[]) =>
  checkRecipe(join(packageRoot, 'recipes', recipe), {
    set,
    env: { AMAZON_BEAUTY: packageRoot },
  }).problems.map(({ path }) => path);

const refused: Record<string, [set: string[], path: string]> = {
  'texts in rows': [['prompts.layout=prefix'], 'prompts.layout'],
  'one code an item': [['item_index.fusion=codes'], 'item_index.fusion'],
  'tasks with words': [['training.stages.0.tasks.item-search=1'], 'training.stages.0.tasks'],
  'the contrast of another model': [
    ['training.stages.0.contrastive_weight=0.1'],
    'training.stages.0.contrastive_weight',
  ],
  'a run to go on from': [['continue=other'], 'continue'],
  PyTorch: [['engine=peft'], 'engine'],
  'cold items mixed in by probability': [['decoding.cold_items=mixed'], 'decoding.cold_places'],
  'a term for seen items': [['decoding.seen_term=-7'], 'decoding.seen_term'],
};

for (const [what, [set, path]] of Object.entries(refused))
  test(`an EAGER is refused ${what}, before anything is made`, (t) => {
    t.true(pathsOf('eager.yaml', set).includes(path), pathsOf('eager.yaml', set).join(', '));
  });

test('a term for seen items is refused where the search knows none', (t) => {
  const set = ['decoding.seen_term=-7'];
  t.deepEqual(pathsOf('smoke.yaml', set), []);
  for (const other of ['decoding.engine=peft', 'decoding.constrained=false'])
    t.true(pathsOf('smoke.yaml', [...set, other]).includes('decoding.seen_term'));
});

test('where the search knows no such term, an evaluation does not advise one', (t) => {
  const env = { AMAZON_BEAUTY: packageRoot };
  const reasonIn = (recipe: string) =>
    withoutSeenTerm(checkRecipe(join(packageRoot, 'recipes', recipe), { env }).resolved!.recipe);
  t.deepEqual(['smoke.yaml', 'eager.yaml', 'liger.yaml'].map(reasonIn), [
    null,
    'model.family is eager',
    'model.family is liger',
  ]);
});

test('what is of an EAGER alone is refused elsewhere', (t) => {
  t.true(pathsOf('smoke.yaml', ['prompts.layout=items']).includes('prompts.layout'));
  t.true(
    pathsOf('smoke.yaml', ['training.stages.0.eager.recognition_weight=2']).includes(
      'training.stages.0.eager',
    ),
  );
});

test('the long setting of EAGER is the published network and budget, with the published head of DIN', (t) => {
  const file = join(packageRoot, 'recipes', 'parts', 'eager-long.yaml');
  const { recipe } = checkRecipe(file, { set: [], env: { AMAZON_BEAUTY: packageRoot } }).resolved!;
  t.like(recipe.model, {
    family: 'eager',
    num_hidden_layers: 1,
    num_decoder_layers: 4,
    intermediate_size: 1024,
  });
  t.is(recipe.training.stages[0].max_steps, 60_000);
  t.is(recipe.decoding.num_beams, 100);
  t.false(recipe.embedding.behaviour.head_product);
});
