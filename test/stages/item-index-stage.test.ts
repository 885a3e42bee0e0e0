import { mkdirSync, readFileSync } from 'node:fs';
import test from 'ava';
import { loadDataset } from '../../orchestrator/dataset/load-dataset.ts';
import { resolveRecipe } from '../../orchestrator/recipe/resolve-recipe.ts';
import { writeManifest } from '../../orchestrator/runs/manifest.ts';
import { UserError } from '../../orchestrator/shared/errors.ts';
import { type ReportMessage, silentReporter } from '../../orchestrator/shared/reporter.ts';
import { datasetStage } from '../../orchestrator/stages/01-dataset.ts';
import { itemIndexStage } from '../../orchestrator/stages/03-item-index.ts';
import { withRecipes } from '../recipe/with-recipes.ts';
import { flipBit } from '../runs/flip-bit.ts';

/** Item 2 has no text, item 9 was never used, item 4 is used once. */
const files = {
  'data/X.inter.json': JSON.stringify({
    10: [5, 2, 3, 5],
    11: [3, 5, 2, 3],
    12: [2, 3, 5, 4],
  }),
  'data/X.item.json': JSON.stringify({
    5: { title: 'five' },
    3: { title: 'three' },
    4: { title: 'four' },
    9: { title: 'nine' },
  }),
  'data/X.index.json': JSON.stringify(
    Object.fromEntries([2, 3, 4, 5, 9].map((id) => [id, [`<a_${id}>`, `<b_${id % 2}>`]])),
  ),
};
const recipeOf = (kCore: number, path: string) => `dataset: {format: lc-rec, path: data, k_core: ${kCore}}
item_index: {path: ${path}}
training: {stages: [{name: one, tuning: full, tasks: {sequential-recommendation: 1}}]}
`;

for (const kCore of [0, 3])
  test(`an index of LC-Rec is read by item id, behind a ${kCore}-core too`, async (t) => {
    const at = withRecipes(t, { ...files, 'own.yaml': recipeOf(kCore, 'data/X.index.json') });
    const { codes, messages } = await runStages(at, 'own.yaml', 'run');
    t.deepEqual(codes, kCore === 0 ? expected('5', '3', '4', '2') : expected('5', '3', '2'));
    t.true(messages.some((text) => text.startsWith(`codes of ${kCore === 0 ? 1 : 2} items`)));
  });

test("the index of another run is by item number, and is read with that run's ids", async (t) => {
  const at = withRecipes(t, {
    ...files,
    'first.yaml': recipeOf(0, 'data/X.index.json'),
    'second.yaml': recipeOf(3, 'run/03-item-index/index.json'),
  });
  await runStages(at, 'first.yaml', 'run');
  t.deepEqual((await runStages(at, 'second.yaml', 'other')).codes, expected('5', '3', '2'));
});

test('an index that was changed, or whose dataset was made anew since, is refused', async (t) => {
  const at = withRecipes(t, {
    ...files,
    'first.yaml': recipeOf(0, 'data/X.index.json'),
    'second.yaml': recipeOf(3, 'run/03-item-index/index.json'),
  });
  await runStages(at, 'first.yaml', 'run');
  const done = { seconds: 1, peak_memory_bytes: 1, figures: {} };
  const finish = (stage: string, key: string, dataset?: string) =>
    writeManifest(at(`run/${stage}`), {
      ...done,
      stage: stage.slice(3),
      key,
      inputs: dataset ? { dataset } : {},
    });
  await finish('01-dataset', 'one');
  await finish('03-item-index', 'index', 'one');
  t.deepEqual((await runStages(at, 'second.yaml', 'other')).codes, expected('5', '3', '2'));
  for (const file of ['01-dataset/items.jsonl', '03-item-index/index.json']) {
    flipBit(at(`run/${file}`));
    await t.throwsAsync(runStages(at, 'second.yaml', 'other'), { code: 'runs/damaged' });
    flipBit(at(`run/${file}`));
  }
  await finish('01-dataset', 'two');
  const error = await t.throwsAsync(runStages(at, 'second.yaml', 'other'), { instanceOf: UserError });
  t.is((error as UserError).code, 'runs/stages-apart');
  t.regex((error as UserError).remedy ?? '', /rebuilds it/);
});

function expected(...ids: string[]) {
  return Object.fromEntries(ids.map((id) => [id, [`<a_${id}>`, `<b_${Number(id) % 2}>`]]));
}

/** The codes by item id, and what was said. */
async function runStages(at: (name: string) => string, name: string, run: string) {
  const { recipe } = resolveRecipe(at(name));
  const signal = new AbortController().signal;
  const inputFolder = (stage: string) => at(`${run}/${stage === 'dataset' ? '01-dataset' : '02-embedding'}`);
  const [data, folder] = [at(`${run}/01-dataset`), at(`${run}/03-item-index`)];
  for (const path of [data, folder]) mkdirSync(path, { recursive: true });
  await datasetStage.run({ recipe, folder: data, inputFolder, report: silentReporter, signal });
  const messages: string[] = [];
  const report = (message: ReportMessage) => {
    if ('text' in message) messages.push(message.text);
  };
  await itemIndexStage.run({ recipe, folder, inputFolder, report, signal });
  const index = JSON.parse(readFileSync(`${folder}/index.json`, 'utf8'));
  const codes = Object.fromEntries(
    loadDataset(data).items.map(({ item_id }, item) => [item_id, index[item]]),
  );
  return { codes, messages };
}
