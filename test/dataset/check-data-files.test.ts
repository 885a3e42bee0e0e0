import { join } from 'node:path';
import test from 'ava';
import { checkDataFiles } from '../../orchestrator/dataset/check-data-files.ts';
import { datasetSettings } from '../../orchestrator/dataset/settings.ts';
import { dataProblems } from '../../orchestrator/inputs/check-inputs.ts';
import { resolveRecipe } from '../../orchestrator/recipe/resolve-recipe.ts';
import { folderWith, jsonLines, writeParquet } from './fixtures.ts';

test('a column that is not there is found before anything runs, in every kind of file', async (t) => {
  const folder = folderWith(t, {
    'log.csv': 'user,item_id\nu,a\n',
    'log.jsonl': jsonLines([{ user: 'u', item_id: 'a' }]),
    'good.csv': 'user_id,item_id\nu,a\n',
    'items.csv': 'id,title\na,Apple\n',
    'shop/orders.csv': 'Order,Created at,Lineitem sku\n#1,2024-01-01,a\n',
  });
  await writeParquet(join(folder, 'log.parquet'), "SELECT 'u' AS user, 'a' AS item_id");
  const check = (settings: object) =>
    t.throwsAsync(checkDataFiles(datasetSettings.parse({ format: 'table', ...settings })), {
      code: 'dataset/unknown-column',
    });
  for (const name of ['log.csv', 'log.jsonl', 'log.parquet'])
    t.regex((await check({ path: join(folder, name) }))?.message ?? '', /no column "user_id"/, name);
  const items = await check({ path: join(folder, 'good.csv'), items_path: join(folder, 'items.csv') });
  t.regex(items?.message ?? '', /no column "item_id" \(item_columns\.item\)/);
  t.regex(
    (await check({ format: 'shopify', path: join(folder, 'shop') }))?.message ?? '',
    /no column "Email"/,
  );
});

test('the first lines alone are read: what is broken behind them is left to the run', async (t) => {
  const rows = Array.from({ length: 300 }, (_, at) => (at < 250 ? `u,i${at}` : 'broken')).join('\n');
  const folder = folderWith(t, {
    'log.csv': `user_id,item_id\n${rows}\n`,
    'broken.csv': `user_id,item_id\n${'broken\n'.repeat(300)}`,
  });
  const check = (name: string) =>
    checkDataFiles(datasetSettings.parse({ format: 'table', path: join(folder, name) }));
  await t.notThrowsAsync(check('log.csv'));
  await t.throwsAsync(check('broken.csv'), { code: 'dataset/broken-lines', message: /200 of 200 lines/ });
});

test('validate and run list what is wrong with the data beside other problems', async (t) => {
  const folder = folderWith(t, { 'log.csv': 'user,item_id\nu,a\n' });
  t.deepEqual(await dataProblems(resolveRecipe('quickstart').recipe), []);
  const set = ['dataset.format=table', `dataset.path=${join(folder, 'log.csv')}`];
  const [problem] = await dataProblems(resolveRecipe('quickstart', { set }).recipe);
  t.is(problem.path, 'dataset');
  t.true(problem.place.endsWith('log.csv'));
  t.regex(problem.message, /no column "user_id" \(columns\.user\)/);
});
