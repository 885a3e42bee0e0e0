import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { readEvents } from '../../orchestrator/runs/event-log.ts';
import { showRun } from '../../orchestrator/runs/read-runs.ts';
import { openRun } from '../../orchestrator/serving/index.ts';
import { waitUntil } from '../wait-until.ts';
import { eagerLlm, smokeRecipe } from './eager-llm.ts';

// The smoke recipe with one part and little of everything: evaluated, then trained on all events.
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'eager-production-')));
const runsFolder = join(folder, 'runs');
const settings = [
  'embedding.behaviour.ensemble=1',
  'training.stages.1=null',
  'training.stages.0.tasks={sequential-recommendation: 1}',
  'training.stages.0.distillation=0',
  'training.validation_users=20',
  'evaluation.max_users=20',
  'evaluation.bootstrap_samples=20',
  'evaluation.task_questions=0',
  'evaluation.baselines=[what-followed]',
].flatMap((setting) => ['--set', setting]);
const produce = () =>
  eagerLlm(['run', smokeRecipe, '--run', 'shop', '--production', '--runs-dir', runsFolder, ...settings]);

test.after.always(() => rmSync(folder, { recursive: true, force: true }));

test.serial(
  'killed in either run, the same command goes on, and one run vouches for the other',
  async (t) => {
    for (const run of ['shop-evaluated', 'shop']) {
      const killed = produce();
      const events = join(runsFolder, run, 'events.jsonl');
      const trains = () =>
        readEvents(events).some(({ stage, type }) => stage === 'training' && type === 'stage-started');
      await waitUntil(trains, { during: killed });
      killed.kill('SIGKILL');
      await killed;
    }
    const { exitCode, stdout, stderr } = await produce();
    t.is(exitCode, 0, String(stderr));
    t.regex(String(stderr), /evaluation is left out: dataset\.split: none/);
    t.regex(String(stdout), /shop learned from all events; shop-evaluated vouches for it: .*recall@10/);
    const [evaluated, shop] = ['shop-evaluated', 'shop'].map((name) => showRun(runsFolder, name));
    t.deepEqual([evaluated.status, shop.status], ['finished', 'finished']);
    t.is(shop.stages.at(-1)?.stage, '06-training');
    t.deepEqual(shop.record?.vouched_by, {
      run: 'shop-evaluated',
      metrics: evaluated.stages.at(-1)!.figures,
    });
    const left = readdirSync(runsFolder, { recursive: true }).map(String);
    t.deepEqual(
      left.filter((name) => /\.tmp$|lock|worker|in-progress/.test(name)),
      [],
    );
  },
);

test.serial('runs show, the library and the card of an export name the run that vouches', async (t) => {
  const inRuns = (...args: string[]) => eagerLlm([...args, '--runs-dir', runsFolder]);
  t.regex(String((await inRuns('runs', 'show', 'shop')).stdout), /as long as shop-evaluated, which vouches/);
  const out = join(folder, 'export');
  t.is((await inRuns('export', 'shop', '--to', 'hf', '--out', out)).exitCode, 0);
  t.regex(
    readFileSync(join(out, 'README.md'), 'utf8'),
    /the recipe of the run `shop-evaluated`.*\n\n.*\n.*\n\| users \| 20/,
  );
  const run = await openRun('shop', { runsFolder });
  t.is(run.model.vouched_by?.run, 'shop-evaluated');
  await t.throwsAsync(run.evaluate(), { code: 'evaluation/nothing-held-out' });
  await run.close();
  const refused = await inRuns('evaluate', 'shop');
  t.is(refused.exitCode, 1);
  t.regex(String(refused.stderr), /nothing is left to evaluate it on[\s\S]*evaluate shop-evaluated/);
});

test('a recipe that holds nothing out cannot be evaluated first', async (t) => {
  const { exitCode, stderr } = await eagerLlm([
    ...['run', smokeRecipe, '--production', '--set', 'dataset.split=none', '--runs-dir', runsFolder],
  ]);
  t.is(exitCode, 1);
  t.regex(String(stderr), /dataset\.split is none/);
});
