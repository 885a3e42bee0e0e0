import { join } from 'node:path';
import test from 'ava';
import { loadTemplates } from '../../orchestrator/prompts/load-templates.ts';
import type { TaskName } from '../../orchestrator/prompts/tasks/names.ts';
import { checkRecipe, checkRecipeText } from '../../orchestrator/recipe/resolve-recipe.ts';
import type { Recipe } from '../../orchestrator/recipe/schema.ts';
import { packageRoot } from '../../orchestrator/shared/package-root.ts';
import { embeddingStage } from '../../orchestrator/stages/02-embedding.ts';
import { itemIndexStage } from '../../orchestrator/stages/03-item-index.ts';

const folder = join(packageRoot, 'recipes');

function read(name: string): Recipe {
  const env = { AMAZON_BEAUTY: packageRoot, SMOLLM2: packageRoot, LLAMA: packageRoot };
  const { resolved, problems } = checkRecipe(join(folder, `${name}.yaml`), { env });
  if (!resolved) throw new Error(JSON.stringify(problems));
  return resolved.recipe;
}

for (const name of ['eager-llm', 'lc-rec', 'letter-lc-rec']) {
  test(`the long setting of ${name} validates: a base model in PyTorch, by the same codes and prompts`, (t) => {
    const [own, long] = [read(name), read(`parts/${name}-long`)];
    t.is(long.engine, 'peft');
    t.is(long.model.base_model, packageRoot);
    t.deepEqual({ ...long.item_index, rq_vae: null }, { ...own.item_index, rq_vae: null });
    t.deepEqual({ ...long.prompts, max_length: 0 }, { ...own.prompts, max_length: 0 });
    const sequences = long.training.stages.map(
      ({ micro_batch_size, gradient_accumulation_steps }) => micro_batch_size * gradient_accumulation_steps,
    );
    t.true(sequences.every((count) => count === 128));
  });

  test(`${name} asks as published: a prompt a prefix, the whole vocabulary, lists that leave nothing out`, (t) => {
    for (const recipe of [read(name), read(`parts/${name}-long`)]) {
      t.is(recipe.prompts.layout, 'prefix');
      t.deepEqual([recipe.decoding.num_beams, recipe.decoding.seen_items], [20, 'allowed']);
      for (const { digit_softmax, distillation } of recipe.training.stages)
        t.deepEqual([digit_softmax, distillation], ['vocabulary', 0]);
    }
  });
}

test('the small setting of EAGER-LLM needs no base model, and keeps its index and losses', (t) => {
  const [own, small] = [read('eager-llm'), read('parts/eager-llm-small')];
  t.is(small.model.base_model, null);
  t.deepEqual(small.item_index, own.item_index);
  for (const [at, { tuning, contrastive_weight, contrastive_negatives }] of small.training.stages.entries())
    t.like(own.training.stages[at], { tuning, contrastive_weight, contrastive_negatives });
});

test('the templates of LC-Rec are as many as it has, and its codes stand apart by a comma', (t) => {
  const { tasks, separators } = loadTemplates(join(folder, 'parts', 'lc-rec-prompts'));
  const expected: Record<TaskName, number> = {
    'sequential-recommendation': 17,
    'item-to-index': 19,
    'index-to-item': 17,
    'fused-sequential-recommendation': 12,
    'item-search': 11,
    preference: 11,
  };
  for (const [task, count] of Object.entries(expected)) t.is(tasks[task as TaskName].length, count, task);
  t.is(separators.codes, ', ');
});

test('what these systems added leaves the keys of earlier recipes as they are', (t) => {
  const plain = keyedSections('extends: smoke');
  const later =
    /head_product|unit_length|shared_codes|codebook_start|diversity_clusters|"points"|"commitment"/;
  t.notRegex(plain, later);
  t.notRegex(keyedSections('extends: smoke\nitem_index: {method: rq-vae, rq_vae: {latent: 8}}'), later);
  for (const changed of [
    'item_index: {method: rq-vae, rq_vae: {codebook_start: bounded}}',
    'item_index: {shared_codes: kept}',
    'embedding: {behaviour: {encoder: din, head_product: false}}',
  ])
    t.regex(keyedSections(`extends: smoke\n${changed}`), later, changed);
});

/** What of a recipe counts for the keys of the stages that make vectors and codes, as text. */
function keyedSections(text: string): string {
  const { resolved, problems } = checkRecipeText(text, { label: 'recipe', folder: '/', folders: ['/'] });
  if (!resolved) throw new Error(JSON.stringify(problems));
  const { recipe } = resolved;
  return JSON.stringify([embeddingStage, itemIndexStage].map((stage) => stage.sections(recipe)));
}
