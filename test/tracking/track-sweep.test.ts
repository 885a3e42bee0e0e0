import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { variantMeans } from '../../orchestrator/sweep/report/variant-means.ts';
import { followSweep } from '../../orchestrator/tracking/track-sweep.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { fakeMlflow } from './fake-mlflow.ts';
import { runUnderWay } from './run-under-way.ts';

test('runs that begin side by side stand below one run, which ends with the sweep and has its report', async (t) => {
  const mlflow = await fakeMlflow(t);
  mlflow.seen.latency = 20;
  const [one, other] = [runUnderWay(t, mlflow.url), runUnderWay(t, mlflow.url)];
  const folder = temporaryFolder(t);
  const told: string[] = [];
  const tell = (text: string) => told.push(text);
  const sweep = await followSweep('field', { folder, recipes: [one.recipe, other.recipe], tell });
  const followed = [one, other].map(({ follow }) => follow());
  for (const { following } of followed) following.wake(true);
  for (const { run } of [one, other]) run.close('finished');
  await Promise.all(followed.map(({ following }) => following.close()));

  const parents = () => [...mlflow.runs].filter(([, { tags }]) => tags.eager_llm_sweep === 'field');
  const [[id, parent]] = parents();
  t.is(parent.status, 'RUNNING');
  writeFileSync(join(folder, 'report.md'), '# field');
  await sweep.close('FINISHED', new Map([['few/recall@10, seen removed', 0.25]]), [
    'report.md',
    'report.tex',
  ]);

  t.is(parents().length, 1);
  t.is(parent.status, 'FINISHED');
  t.like(parent.metrics, [{ key: 'few/recall_at_10 seen removed', value: 0.25 }]);
  t.deepEqual([...parent.files], [['report.md', '# field']]);
  const children = [...mlflow.runs.values()].filter(({ tags }) => tags['mlflow.parentRunId'] === id);
  t.is(children.length, 2);
  t.deepEqual(told, []);
});

test('a sweep that goes on after a stop is under way again, in the same run', async (t) => {
  const mlflow = await fakeMlflow(t);
  const { recipe } = runUnderWay(t, mlflow.url);
  const given = { folder: temporaryFolder(t), recipes: [recipe], tell: t.fail };
  const stopped = await followSweep('field', given);
  await stopped.close('KILLED', new Map(), []);
  t.deepEqual(
    [...mlflow.runs.values()].map(({ status }) => status),
    ['KILLED'],
  );
  await followSweep('field', given);
  t.deepEqual(
    [...mlflow.runs.values()].map(({ status }) => status),
    ['RUNNING'],
  );
});

test('a server that is down stops no sweep, and is named', async (t) => {
  const mlflow = await fakeMlflow(t);
  mlflow.seen.down = true;
  const { recipe } = runUnderWay(t, mlflow.url);
  const told: string[] = [];
  const tell = (text: string) => told.push(text);
  const sweep = await followSweep('field', { folder: temporaryFolder(t), recipes: [recipe], tell });
  await sweep.close('FINISHED', new Map(), []);
  t.is(told.length, 2);
  t.true(told.every((text) => text.startsWith(`${mlflow.url} was not told of the sweep: `)));
});

test('what it is told are means over the seeds of each variant', (t) => {
  const run = (variant: string, value: number) => ({
    variant,
    test: { removed: { 'recall@10': { value, low: 0, high: 1 } } },
  });
  const runs = [run('base', 0.2), run('base', 0.4), run('few', 0.1)] as never;
  t.deepEqual(
    [...variantMeans({ runs })].map(([name, value]) => [name, Number(value.toFixed(6))]),
    [
      ['base/recall@10, seen removed', 0.3],
      ['few/recall@10, seen removed', 0.1],
    ],
  );
});
