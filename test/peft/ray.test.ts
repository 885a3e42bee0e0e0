import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import type { Options } from 'execa';
import { smokeRuns } from '../serving/smoke-run.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { waitUntil } from '../wait-until.ts';
import { door, eagerLlm } from '../whole/eager-llm.ts';
import { prepareRun } from './prepared-run.ts';
import { processes, startRayCluster } from './ray-cluster.ts';
import { findRank, rankProcess, sameMetrics, settings, trainAlone } from './trained-alone.ts';

// A real cluster of this machine for each command, which takes ten seconds to begin.
const ray = ['--engine', 'ray', '--workers', '2'];

const prepared = prepareRun(test);
test.serial.before('one process trains', (t) => trainAlone(t, prepared()));

interface Lists {
  out: string;
  parts: () => number;
  /** The lists of the smoke run, a user a block. */
  write(more?: string[], options?: Options): ReturnType<typeof eagerLlm>;
  /** Those of this machine alone. */
  here(): Promise<string>;
}

/** Made once for all tests. */
let alone: string | undefined;

async function lists(t: Parameters<typeof temporaryFolder>[0]): Promise<Lists> {
  const runsFolder = await smokeRuns();
  const folder = temporaryFolder(t);
  const file = (name: string) => join(folder, name);
  const write = (out: string, more: string[], options: Options = {}) => {
    const asked = ['--k', '7', '--block', '1', '--json', '--out', out, '--runs-dir', runsFolder];
    return eagerLlm(['recommend', 'smoke', '--all', ...asked, ...more], options);
  };
  const out = file('recs.jsonl');
  const parts = `${out}.parts`;
  return {
    out,
    parts: () => (existsSync(parts) ? readdirSync(parts).filter((name) => /^\d{8}-/.test(name)).length : 0),
    write: (more = ray, options = {}) => write(out, more, options),
    async here() {
      if (alone === undefined) {
        await write(file('here.jsonl'), []);
        alone = readFileSync(file('here.jsonl'), 'utf8');
      }
      return alone;
    },
  };
}

test.serial(
  'workers of Ray write the lists of this machine, also where one of them and its Node are killed',
  async (t) => {
    t.timeout(300_000);
    const { out, write, parts, here } = await lists(t);
    const started = write();
    // Stopped, none can be through with its users before it is killed.
    const stopped = () => {
      const found = workers();
      for (const { pid } of found) process.kill(pid, 'SIGSTOP');
      return found;
    };
    await waitUntil(() => stopped().length === 2, { during: started });
    const [first, second] = workers();
    kill(first.pid);
    await waitUntil(() => parts() > 0, { during: started });
    kill(second.parent);
    kill(second.pid);
    const { exitCode, stderr, stdout } = await started;
    t.is(exitCode, 0, String(stderr));
    t.regex(String(stderr), /Ray: 2 workers on 1 machine/);
    t.regex(String(stderr), /ended by signal 9; it is started again/);
    t.like(JSON.parse(String(stdout)), { rows: 7 * 163, users: 163 });
    t.is(readFileSync(out, 'utf8'), await here());
    t.false(existsSync(`${out}.parts`), 'nothing is left over');
    await gone();
  },
);

test.serial(
  'after a kill, a worker that dies again and again, and Ctrl-C, the same command goes on',
  async (t) => {
    t.timeout(300_000);
    const { out, write, parts, here } = await lists(t);

    const killed = write(ray, { cleanup: false });
    await waitUntil(() => parts() > 10, { during: killed });
    killed.kill('SIGKILL');
    await killed;
    await gone();
    const afterKill = parts();
    t.true(afterKill < 163);

    const dying = write();
    const killAll = setInterval(() => {
      for (const { pid } of workers()) kill(pid);
    }, 20);
    const died = await dying;
    clearInterval(killAll);
    t.is(died.exitCode, 1, String(died.stderr));
    t.regex(
      String(died.stderr),
      /error ray\/worker-died\n.*ended by signal 9[\s\S]*goes on behind the finished/,
    );
    await gone();

    const stopped = write();
    await waitUntil(() => parts() > afterKill + 10, { during: stopped });
    stopped.kill('SIGINT');
    const { exitCode, stderr } = await stopped;
    t.is(exitCode, 130, String(stderr));
    t.regex(String(stderr), /Go on with:\n {2}npx .* --engine ray --workers 2/);
    await gone();

    const last = await write([]);
    t.is(last.exitCode, 0, 'on this machine alone, too');
    t.regex(String(last.stderr), /finished parts are there/);
    t.is(readFileSync(out, 'utf8'), await here());
  },
);

test.serial('a cluster that is there makes the same lists, and goes on without us', async (t) => {
  t.timeout(300_000);
  const { out, write, here } = await lists(t);
  const cluster = await startRayCluster(t);
  const { env } = cluster;
  try {
    const address = ['--ray-address', cluster.address];
    const few = await write(['--engine', 'ray', '--workers', '3', ...address], { env });
    t.regex(String(few.stderr), /error ray\/too-small\n3 workers .* the cluster has 2/);
    const { exitCode, stderr } = await write([...ray, ...address], { env });
    t.is(exitCode, 0, String(stderr));
    t.is(readFileSync(out, 'utf8'), await here());
    await waitUntil(() => workers().length === 0);
    t.true(cluster.isThere(), 'it is still there');
  } finally {
    await cluster.end();
  }
});

for (const [address, words] of [
  ['auto', 'there is no cluster'],
  // Nothing listens at port 1. Ray alone would try for ten minutes.
  ['127.0.0.1:1', 'there is no cluster .* nothing answers at 127.0.0.1:1: Connection refused'],
  ['ray://127.0.0.1:1', 'there is no cluster .* nothing answers at 127.0.0.1:1'],
])
  test.serial(`a cluster that is not there is named: ${address}`, async (t) => {
    t.timeout(120_000);
    const { write, parts } = await lists(t);
    const { exitCode, stderr } = await write([...ray, '--ray-address', address]);
    t.is(exitCode, 1);
    const told = `error ray/no-cluster\n${address}: ${words}[\\s\\S]*ray start --head`;
    t.regex(String(stderr), new RegExp(told));
    t.is(parts(), 0);
  });

test.serial(
  'Ray starts a rank that died again; Ctrl-C ends the command and not the cluster, and the same command goes on without it',
  async (t) => {
    t.timeout(600_000);
    const cluster = await startRayCluster(t);
    const onRay = [...settings, 'launcher.kind=ray', 'launcher.workers=2'];
    const there = [...onRay, `launcher.address=${cluster.address}`];
    const folder = prepared().training('ray');
    const ranks = () => processes(new RegExp(`eager_llm_peft\\0train.*${folder}`, 's')).length;
    const state = prepared().training('ray', '01-plain/state.safetensors');
    try {
      const few = await prepared().run('ray', [...there, 'launcher.workers=3'], cluster.env);
      t.regex(String(few.stderr), /ray\/too-small[\s\S]*3 workers[\s\S]*2 CPU, room for 2/);

      const interrupted = prepared().run('ray', [...there, 'launcher.restarts=1'], cluster.env);
      await waitUntil(() => existsSync(state), { during: interrupted });
      const first = rankProcess(folder, 1);
      process.kill(first, 'SIGKILL');
      await waitUntil(() => ranks() === 2 && ![null, first].includes(findRank(folder, 1)), {
        during: interrupted,
      });
      interrupted.kill('SIGINT');
      const { exitCode, stderr } = await interrupted;
      t.is(exitCode, 130, String(stderr));
      t.regex(String(stderr), /rank 1 ended with signal 9; Ray starts all ranks again/);
      t.is(ranks(), 0);
      t.true(cluster.isThere());

      const last = await prepared().run('ray', onRay);
      t.is(last.exitCode, 0, String(last.stderr));
      t.regex(String(last.stderr), /Ray: 2 workers of a processor core each/);
      sameMetrics(t, prepared(), 'ray');
      t.is(ranks(), 0);
    } finally {
      await cluster.end();
    }
  },
);

for (const address of ['auto', '127.0.0.1:1'])
  test.serial(`a cluster of Ray that is not there is named by a training: ${address}`, async (t) => {
    t.timeout(120_000);
    const { exitCode, stderr } = await prepared().run('no-ray', [
      ...settings,
      ...['launcher.kind=ray', `launcher.address=${address}`],
    ]);
    t.is(exitCode, 1);
    t.regex(String(stderr), /error ray\/no-cluster[\s\S]*ray start --head/);
  });

/** It may have ended by itself. */
function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {}
}

/** Nothing of Ray or of our workers outlives a command. */
async function gone(): Promise<void> {
  await waitUntil(() => processes(/eager_llm_ray|eager-llm-ray/).length === 0 && workers().length === 0);
}

/** Processes of Node that decode for a worker of Ray, which is their parent (Linux). */
function workers() {
  const folder = join(door.at(-1) as string, '..', '..', 'lists', 'ray');
  return processes(new RegExp(join(folder, 'worker')));
}
