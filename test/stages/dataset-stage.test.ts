import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import test from 'ava';
import { loadDataset } from '../../orchestrator/dataset/load-dataset.ts';
import { resolveRecipe } from '../../orchestrator/recipe/resolve-recipe.ts';
import { silentReporter } from '../../orchestrator/shared/reporter.ts';
import { datasetStage } from '../../orchestrator/stages/01-dataset.ts';
import { withRecipes } from '../recipe/with-recipes.ts';

test('filters and splits of the recipe reach the dataset', async (t) => {
  const at = withRecipes(t, {
    'own.yaml': `dataset:
  format: table
  path: log.csv
  items_path: items.csv
  columns: {time: day, rating: stars}
  k_core: 0
  min_rating: 2
  duplicates: first
  require_metadata: true
  split: time
  split_times: [3, 4]
  history_limit: 7
training: {stages: [{name: one, tuning: full, tasks: {sequential-recommendation: 1}}]}
`,
    'items.csv': 'item_id,title\na,Apple\nb,Bread\nc,Cheese\nd,Dill\n',
    // `x` is in no metadata, the second `a` is a duplicate, `d` on day 2 is rated too low.
    'log.csv': 'user_id,item_id,day,stars\nu,a,1,5\nu,x,1,5\nu,d,2,1\nu,a,2,5\nu,b,3,5\nu,c,4,5\n',
  });
  const { recipe } = resolveRecipe(at('own.yaml'));
  const folder = at('out');
  mkdirSync(at('out/work'), { recursive: true });
  writeFileSync(at('out/work/staging.duckdb'), 'left by a killed run');
  await datasetStage.run({
    recipe,
    folder,
    inputFolder: () => '',
    report: silentReporter,
    signal: new AbortController().signal,
  });
  const { items, events, protocol, historyLimit } = loadDataset(folder);
  t.deepEqual(
    Array.from(events, (item) => items[item].item_id),
    ['a', 'b', 'c'],
  );
  t.false(readdirSync(folder).includes('work'), 'nothing is left but the dataset');
  t.is(historyLimit, 7);
  t.deepEqual(protocol, {
    split: 'time',
    timeCuts: [3, 4],
    kCore: 0,
    duplicates: 'first',
    minRating: 2,
    requireMetadata: true,
  });
});
