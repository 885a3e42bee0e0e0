import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { describeError, UserError } from '../../orchestrator/shared/errors.ts';
import { followRun } from '../../orchestrator/tracking/follow-run.ts';
import { plainKey } from '../../orchestrator/tracking/mlflow-run.ts';
import { fakeMlflow } from './fake-mlflow.ts';
import { evaluated, runUnderWay } from './run-under-way.ts';

test('parameters, figures of stages and every update are there, each once however often it is called', async (t) => {
  const server = await fakeMlflow(t);
  const { run, folder, update, track } = runUnderWay(t, server.url);
  await track();
  const [there] = [...server.runs.values()];
  t.deepEqual([...server.experiments.keys()], ['beauty']);
  t.deepEqual([there.name, there.status], ['own', 'RUNNING']);
  t.is(there.params.get('training.stages.0.name'), 'alignment');
  t.is(there.params.get('evaluation.cutoffs'), '[1,5,10]');
  t.false([...there.params.keys()].some((key) => key.startsWith('trackers')));
  const points = () => there.metrics.map(({ key, step, value }) => `${key} ${step} ${value}`);
  t.deepEqual(points(), [
    'dataset/users 0 7',
    'dataset/seconds 0 2',
    'embedding/epochs/loss 3 0.5',
    'alignment/epoch 1 0',
    'alignment/loss 1 3',
    'alignment/epoch 2 0',
    'alignment/loss 2 2',
  ]);
  update(3, 1);
  evaluated(folder);
  run.close('finished');
  t.deepEqual(await track(), { run_id: 'r1', points: 2, artefacts: 2 });
  t.deepEqual(points().slice(7), ['alignment/epoch 3 0', 'alignment/loss 3 1']);
  t.is(there.status, 'FINISHED');
  t.deepEqual([...there.files.keys()], ['recipe.yaml', '07-evaluation/metrics.json']);
  t.is(there.files.get('recipe.yaml'), readFileSync(join(folder, 'recipe.yaml'), 'utf8'));
  t.is((await track()).points, 0);
  t.is(server.runs.size, 1);
});

test('a run that was deleted there is made again, whole', async (t) => {
  const server = await fakeMlflow(t);
  const { track } = runUnderWay(t, server.url);
  await track();
  server.runs.clear();
  t.is((await track()).points, 7);
});

test('a tracker that is down is told of once, stops nothing, and gets the rest later', async (t) => {
  const server = await fakeMlflow(t);
  server.seen.down = true;
  const { run, track, follow } = runUnderWay(t, server.url);
  const { following, told } = follow();
  following.wake(true);
  run.close('failed');
  await following.close();
  t.is(told.length, 1);
  t.regex(told[0], /MLflow answers 503: the run goes on, .* npx eager-llm runs track own$/);
  server.seen.down = false;
  await track();
  const own = [...server.runs.values()].find(({ name }) => name === 'own');
  t.is(own?.status, 'FAILED');
  t.is(own?.metrics.length, 7);
  // Below the sweep that it was made in, also when it is sent later.
  const parent = server.runs.get(own?.tags['mlflow.parentRunId'] ?? '');
  t.is(parent?.name, 'field');
});

test('what a server drops without an answer is asked once more, unless it could be there twice', async (t) => {
  const server = await fakeMlflow(t);
  const { track } = runUnderWay(t, server.url);
  server.seen.drops = ['/get-by-name', '/log-batch'];
  t.is((await track()).points, 7);
  t.deepEqual(server.seen.drops, []);
  server.runs.clear();
  server.seen.drops = ['/runs/create'];
  await t.throwsAsync(track(), { message: /does not answer: UND_ERR_SOCKET/ });
  server.runs.clear();
  server.seen.drops = ['/runs/get', '/runs/get'];
  await t.throwsAsync(track(), { message: /does not answer/ }, 'but once');
});

test('nothing is asked where a recipe names no tracker', async (t) => {
  const server = await fakeMlflow(t);
  const { folder, recipe } = runUnderWay(t, server.url);
  const following = followRun({
    folder,
    name: 'own',
    recipe: { ...recipe, trackers: undefined },
    tell: t.fail,
  });
  following.wake(true);
  await following.close();
  t.is(server.seen.asked, 0);
});

test.serial('the token comes from the environment', async (t) => {
  const server = await fakeMlflow(t);
  const { track } = runUnderWay(t, server.url);
  process.env.MLFLOW_TRACKING_TOKEN = 'secret';
  t.teardown(() => delete process.env.MLFLOW_TRACKING_TOKEN);
  await track();
  t.is(server.seen.authorization, 'Bearer secret');
});

test('an address with a password in it, or of another kind, is refused', (t) => {
  const refused = (url: string) =>
    describeError(t.throws(() => runUnderWay(t, url), { instanceOf: UserError }));
  t.regex(refused('http://me:word@127.0.0.1:5000'), /trackers\.0\.url: holds a name or a password/);
  t.regex(refused('file:///tmp'), /trackers\.0\.url.*http/);
});

test('names of figures become those that MLflow takes', (t) => {
  t.is(plainKey('evaluation/recall@10, seen removed'), 'evaluation/recall_at_10 seen removed');
});
