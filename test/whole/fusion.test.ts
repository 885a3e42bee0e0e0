import { cpSync, mkdtempSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { examineRun } from '../../orchestrator/cli/doctor/examine-run.ts';
import { readResult } from '../../orchestrator/evaluation/result.ts';
import { rankerFile, readRanker } from '../../orchestrator/fusion/ranker-file.ts';
import { hasKeptRanker, keptRankerRecord } from '../../orchestrator/opened-run/kept-ranker.ts';
import { readManifest } from '../../orchestrator/runs/manifest.ts';
import { stageFolderName } from '../../orchestrator/runs/stage-names.ts';
import { openRun } from '../../orchestrator/serving/index.ts';
import { flipBit } from '../runs/flip-bit.ts';
import { smokeRuns } from '../serving/smoke-run.ts';
import { eagerLlm, smokeRecipe } from './eager-llm.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'eager-fusion-')));
const runsFolder = join(folder, 'runs');
test.after.always(() => rmSync(folder, { recursive: true, force: true }));

test.serial(
  'lists of a trained run are ranked anew: evaluated beside those generated alone, and served',
  async (t) => {
    cpSync(await smokeRuns(), runsFolder, { recursive: true });
    const args = [
      'decoding.fusion=learned',
      'decoding.cold_items=mixed',
      'evaluation.baselines=[popularity]',
    ].flatMap((setting) => ['--set', setting]);
    const { exitCode, stderr } = await eagerLlm(['run', smokeRecipe, ...args, '--runs-dir', runsFolder]);
    t.is(exitCode, 0, String(stderr));
    // Nothing is trained for it.
    t.is(String(stderr).match(/ reused/g)?.length, 6);
    t.regex(String(stderr), /lists are ranked anew .* validation targets/);
    const { methods, differences } = readResult(
      join(runsFolder, 'smoke', stageFolderName('evaluation'), 'metrics.json'),
    );
    t.deepEqual(
      methods.map(({ name }) => name),
      ['popularity', 'generated alone', 'eager-llm'],
    );
    t.deepEqual(
      differences.map(({ method, baseline }) => [method, baseline]),
      [
        ['eager-llm', 'popularity'],
        ['eager-llm', 'generated alone'],
      ],
    );
    const run = await openRun('smoke', { runsFolder });
    try {
      const [user] = run.users.ids;
      const { items } = await run.recommend({ user });
      t.is(items.length, 10);
      t.true(items.every(({ score }, at) => score < 0 && (at === 0 || score <= items[at - 1].score)));
      // The same filters, lists of any length, and one answer alone or for all.
      const exclude = items.map(({ item_id }) => item_id);
      const long = await run.recommend({ user, exclude, k: 60 });
      t.is(long.items.length, 60);
      t.false(long.items.some(({ item_id }) => exclude.includes(item_id)));
      for await (const each of run.recommendAll([user])) t.deepEqual(each.items, items);
      // It has learned from validation targets.
      await t.throwsAsync(run.evaluate({ split: 'validation' }), { code: 'evaluation/learned-from' });
      const { methods: again } = await run.evaluate({ split: 'test' });
      t.deepEqual(again[0].metrics['recall@10'].value, methods[2].metrics['recall@10'].value);
      t.false(run.rankerMissing);
      // While the evaluation is made anew, the ranker that was kept answers; without any, the model does, and it is said.
      const version = join(runsFolder, 'smoke');
      rmSync(join(version, stageFolderName('evaluation')), { recursive: true });
      const kept = await openRun('smoke', { runsFolder });
      t.deepEqual((await kept.recommend({ user })).items, items);
      t.is(kept.fingerprint, run.fingerprint);
      await kept.close();
      // Nobody is answered by one that was changed, or that was learned from another training.
      flipBit(join(version, rankerFile));
      await t.throwsAsync(openRun('smoke', { runsFolder }), { code: 'runs/damaged-ranker' });
      const found = (await examineRun(runsFolder, 'smoke')).find(({ name }) => name === rankerFile);
      t.false(found?.ok);
      flipBit(join(version, rankerFile));
      const record = readFileSync(join(version, keptRankerRecord), 'utf8');
      t.is(JSON.parse(record).training, readManifest(join(version, stageFolderName('training')))?.key);
      writeFileSync(
        join(version, keptRankerRecord),
        JSON.stringify({ ...JSON.parse(record), training: 'another' }),
      );
      t.false(await hasKeptRanker(version));
      writeFileSync(join(version, keptRankerRecord), record);
      renameSync(join(version, rankerFile), join(folder, rankerFile));
      const alone = await openRun('smoke', { runsFolder });
      t.true(alone.rankerMissing);
      t.not(alone.fingerprint, run.fingerprint);
      t.notDeepEqual((await alone.recommend({ user })).items, items);
      await alone.close();
      const asked = await eagerLlm(['recommend', 'smoke', '--user', user, '--runs-dir', runsFolder]);
      t.regex(String(asked.stderr), /Lists of smoke are the model's alone/);
      renameSync(join(folder, rankerFile), join(version, rankerFile));
    } finally {
      await run.close();
    }
  },
);

test.serial(
  'items that nobody took are among those that are ranked anew, as soon as they are appended',
  async (t) => {
    t.true(readRanker(join(runsFolder, 'smoke')).ranksCold, 'few customers are enough to learn it from');
    const before = await openRun('smoke', { runsFolder });
    const [user] = before.users.ids;
    const { items } = await before.recommend({ user });
    await before.close();
    // As like those that are recommended as can be.
    const file = join(folder, 'new.jsonl');
    const lines = items.map(
      ({ item_id, ...texts }) => `${JSON.stringify({ ...texts, item_id: `new-${item_id}` })}\n`,
    );
    writeFileSync(file, lines.join(''));
    const { exitCode, stderr } = await eagerLlm([
      'catalogue',
      'append',
      'smoke',
      file,
      '--runs-dir',
      runsFolder,
    ]);
    t.is(exitCode, 0, String(stderr));
    const run = await openRun('smoke', { runsFolder });
    t.false(run.rankerMissing);
    const after = await run.recommend({ user, k: 60 });
    const cold = after.items.filter((item) => item.cold);
    t.true(cold.length > 0);
    t.true(cold.every(({ item_id }) => item_id.startsWith('new-')));
    t.is(new Set(after.items.map(({ item_id }) => item_id)).size, 60);
    const exclude = cold.map(({ item_id }) => item_id);
    t.false((await run.recommend({ user, exclude })).items.some(({ item_id }) => exclude.includes(item_id)));
    await run.close();
  },
);
