import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { rollBack } from '../../orchestrator/runs/roll-back.ts';
import { type OpenRun, openLiveRun, openRun } from '../../orchestrator/serving/index.ts';
import { eagerLlm } from '../whole/eager-llm.ts';
import { ownSmokeRuns } from './smoke-run.ts';

/** Never looks by itself in a test. */
const everySeconds = 10_000;

test('a run that was trained anew answers from then on, and the older one after a rollback, and no request is lost on the way', async (t) => {
  const runsFolder = await ownSmokeRuns(t);
  const live = await openLiveRun('smoke', { runsFolder, everySeconds });
  const history = [live.search('shampoo', 1)[0].item_id];
  const before = await live.recommend({ history });
  await live.refresh();
  t.deepEqual(live.reloads(), { opened: 0, failed: 0 }, 'nothing is newer');

  const trained = eagerLlm([
    'run',
    join(runsFolder, 'smoke/recipe.yaml'),
    '--runs-dir',
    runsFolder,
    '--set',
    'training.stages.0.learning_rate=0.01',
  ]);
  let answered = 0;
  let ended = false;
  trained.finally(() => {
    ended = true;
  });
  while (!ended) {
    await live.refresh();
    t.is((await live.recommend({ history })).items.length, 10);
    answered++;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  t.is((await trained).exitCode, 0, String((await trained).stderr));
  t.true(answered > 1);

  await live.refresh();
  t.deepEqual(live.reloads(), { opened: 1, failed: 0 });
  t.is(live.version, 2);
  t.notDeepEqual((await live.recommend({ history })).items, before.items);

  await rollBack(runsFolder, 'smoke');
  await live.refresh();
  t.is(live.version, 1);
  t.deepEqual((await live.recommend({ history })).items, before.items);
  const newer = await openRun('smoke@2', { runsFolder });
  t.notDeepEqual((await newer.recommend({ history })).items, before.items);
  await newer.close();
  await live.close();
});

test('work that began with the older model ends with it', async (t) => {
  const runsFolder = await ownSmokeRuns(t);
  const live = await openLiveRun('smoke', { runsFolder, everySeconds });
  const record = join(runsFolder, 'smoke/run.json');
  const content = JSON.parse(readFileSync(record, 'utf8'));
  writeFileSync(record, JSON.stringify({ ...content, recipe_hash: 'another' }));
  const underWay = Array.from({ length: 20 }, () => live.recommend({ prompt: 'shampoo' }));
  let older: OpenRun | undefined;
  const held = live.use(async (run) => {
    older = run;
    await live.refresh();
    return run.recommend({ prompt: 'shampoo' });
  });
  t.is((await held).items.length, 10);
  for (const answer of await Promise.all(underWay)) t.is(answer.items.length, 10);
  t.is(live.reloads().opened, 1);
  await live.use(async (run) => t.not(run, older));
  // It was closed with its last work.
  await t.throwsAsync(older!.recommend({ prompt: 'shampoo' }));
  await live.close();
});

test('a newer run that cannot be opened changes nothing, and is tried once', async (t) => {
  const runsFolder = await ownSmokeRuns(t);
  const outcomes: boolean[] = [];
  const live = await openLiveRun('smoke', {
    runsFolder,
    everySeconds,
    onReload: ({ ok }) => outcomes.push(ok),
  });
  const manifest = join(runsFolder, 'smoke/06-training/manifest.json');
  // Its own hash is left out: another would be a damaged manifest.
  const { sha256: _, ...content } = JSON.parse(readFileSync(manifest, 'utf8'));
  writeFileSync(manifest, JSON.stringify({ ...content, finished_at: new Date().toISOString() }));
  writeFileSync(join(runsFolder, 'smoke/06-training/model/model.safetensors'), 'broken');
  await live.refresh();
  await live.refresh();
  t.deepEqual(outcomes, [false]);
  t.is((await live.recommend({ prompt: 'shampoo' })).items.length, 10);
  await live.close();
});

test('a run that is being trained, was stopped or failed is not opened', async (t) => {
  const runsFolder = await ownSmokeRuns(t);
  const live = await openLiveRun('smoke', { runsFolder, everySeconds });
  const record = join(runsFolder, 'smoke/run.json');
  const content = JSON.parse(readFileSync(record, 'utf8'));
  for (const status of ['running', 'stopped', 'failed']) {
    writeFileSync(record, JSON.stringify({ ...content, recipe_hash: 'another', status }));
    await live.refresh();
  }
  t.deepEqual(live.reloads(), { opened: 0, failed: 0 });
  writeFileSync(record, JSON.stringify({ ...content, recipe_hash: 'another' }));
  await live.refresh();
  t.deepEqual(live.reloads(), { opened: 1, failed: 0 });
  await live.close();
});
