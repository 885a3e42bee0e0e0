import { join } from 'node:path';
import test from 'ava';
import { checkRecipe } from '../../orchestrator/recipe/resolve-recipe.ts';
import { packageRoot } from '../../orchestrator/shared/package-root.ts';

const check = (recipe: string, set: string[] = []) =>
  checkRecipe(join(packageRoot, 'recipes', recipe), { set, env: { AMAZON_BEAUTY: packageRoot } });
const pathsOf = (recipe: string, set: string[]) => check(recipe, set).problems.map(({ path }) => path);

const refused: Record<string, [set: string[], path: string]> = {
  'texts in rows': [['prompts.layout=prefix'], 'prompts.layout'],
  'a code of each source': [['item_index.fusion=streams'], 'item_index.fusion'],
  'tasks with words': [['training.stages.0.tasks.item-search=1'], 'training.stages.0.tasks'],
  'an adapter': [['training.stages.0.tuning=lora'], 'training.stages.0.tuning'],
  'the contrast of another model': [
    ['training.stages.0.contrastive_weight=0.1'],
    'training.stages.0.contrastive_weight',
  ],
  'the losses of an EAGER': [['training.stages.0.eager.recognition_weight=2'], 'training.stages.0.eager'],
  'a run to go on from': [['continue=other'], 'continue'],
  PyTorch: [['engine=peft'], 'engine'],
  'PyTorch for its lists': [['decoding.engine=peft'], 'decoding.engine'],
  'codes of no item': [['decoding.constrained=false'], 'decoding.constrained'],
  'another way with cold items': [['decoding.cold_items=behind'], 'decoding.cold_items'],
  'a term for seen items': [['decoding.seen_term=-7'], 'decoding.seen_term'],
};

for (const [what, [set, path]] of Object.entries(refused))
  test(`a LIGER is refused ${what}, before anything is made`, (t) => {
    t.true(pathsOf('liger.yaml', set).includes(path), pathsOf('liger.yaml', set).join(', '));
  });

test('all that a LIGER is refused is said together', (t) => {
  const set = ['prompts.layout=prefix', 'engine=peft', 'decoding.constrained=false', 'continue=other'];
  const paths = pathsOf('liger.yaml', set);
  for (const path of ['prompts.layout', 'engine', 'decoding.constrained', 'continue'])
    t.true(paths.includes(path), path);
});

test('its temperature is refused elsewhere', (t) => {
  t.true(pathsOf('tiger.yaml', ['model.temperature=0.2']).includes('model.temperature'));
  t.deepEqual(pathsOf('liger.yaml', ['model.temperature=0.2']), []);
});

test('the long setting of LIGER differs from the recipe in its budget alone', (t) => {
  const [own, long] = ['liger.yaml', 'parts/liger-long.yaml'].map((name) => check(name).resolved!.recipe);
  t.is(long.engine, 'node');
  t.deepEqual({ ...long.item_index, rq_vae: null }, { ...own.item_index, rq_vae: null });
  t.deepEqual(long.prompts, own.prompts);
  t.deepEqual(long.decoding, own.decoding);
  t.is(long.model.family, 'liger');
});
