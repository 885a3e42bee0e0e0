import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { execa } from 'execa';
import { pythonOf } from '../../orchestrator/launch/python-environment.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { evaluated, runUnderWay } from '../tracking/run-under-way.ts';
import { waitUntil } from '../wait-until.ts';
import { clientProgram, clientsFolder } from './clients-folder.ts';

test("MLflow's own client finds all that a run of a sweep told its server, once", async (t) => {
  const url = await mlflowServer(t);
  const { run, folder, update, track, follow } = runUnderWay(t, url);
  const { following, told } = follow();
  following.wake(true);
  update(3, 1);
  evaluated(folder);
  run.close('finished');
  await following.close();
  await track();
  t.deepEqual(told, []);

  const { own, field, ...others } = await clientProgram('ask_mlflow.py', { url, experiment: 'beauty' });
  t.deepEqual(others, {}, 'the run, and the sweep that it stands below');
  t.is(own.status, 'FINISHED');
  t.is(own.tags['mlflow.parentRunId'], field.id);
  t.is(own.tags.eager_llm_run, 'own');
  t.is(own.params['training.stages.0.name'], 'alignment');
  t.is(own.params['evaluation.cutoffs'], '[1,5,10]');
  t.false(Object.keys(own.params).some((key) => key.startsWith('trackers')));
  const points = (key: string) => own.metrics[key].map(([step, value]: number[]) => [step, value]);
  t.deepEqual(points('alignment/loss'), [
    [1, 3],
    [2, 2],
    [3, 1],
  ]);
  t.deepEqual(points('dataset/users'), [[0, 7]]);
  t.deepEqual(points('embedding/epochs/loss'), [[3, 0.5]]);
  t.true(Math.abs(own.metrics['dataset/users'][0][2] - Date.now()) < 600_000, 'at the time of the event');
  t.deepEqual(own.files, {
    'recipe.yaml': readFileSync(join(folder, 'recipe.yaml'), 'utf8'),
    '07-evaluation/metrics.json': '{}',
  });
});

/** The address of a real server with an empty store of its own, until the test ends. */
async function mlflowServer(t: ExecutionContext): Promise<string> {
  const folder = temporaryFolder(t);
  const port = String(await freePort());
  // Nothing but what a tracker needs.
  const env = { MLFLOW_DISABLE_TELEMETRY: 'true', MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false' };
  const server = execa(
    pythonOf(join(clientsFolder(), 'python')),
    [
      ...['-m', 'mlflow', 'server', '--host', '127.0.0.1', '--port', port, '--workers', '1'],
      ...['--backend-store-uri', `sqlite:///${join(folder, 'mlflow.db')}`],
      ...['--artifacts-destination', join(folder, 'files')],
    ],
    { cwd: folder, all: true, reject: false, detached: true, env },
  );
  // It works in processes of its own.
  t.teardown(async () => {
    if (server.pid !== undefined) process.kill(-server.pid, 'SIGKILL');
    await server;
  });
  const url = `http://127.0.0.1:${port}`;
  await waitUntil(async () => (await fetch(`${url}/health`).catch(() => null))?.ok ?? false, {
    during: server,
    every: 100,
  });
  return url;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((ready) => probe.once('listening', ready));
  const { port } = probe.address() as { port: number };
  await new Promise((closed) => probe.close(closed));
  return port;
}
