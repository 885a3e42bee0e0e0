import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { execa } from 'execa';
import { findPython } from '../../orchestrator/launch/python-environment.ts';
import { readMetrics } from '../../orchestrator/training/metrics-log.ts';
import { waitUntil } from '../wait-until.ts';
import { eagerLlm } from '../whole/eager-llm.ts';
import { prepareRun } from './prepared-run.ts';
import { processes, startRayCluster } from './ray-cluster.ts';
import { standInCluster, standInKubernetes } from './stand-in-cluster.ts';

const prepared = prepareRun(test);
const parts = ['01-plain', '02-contrast', '03-adapter'];
/** Short, and every state is saved, so that a kill loses little. */
const settings = [
  'engine=peft',
  'peft.checkpoint_seconds=0',
  'training.validation_users=20',
  'training.stages.0.epochs=1',
  'training.stages.1.epochs=2',
  'training.stages.2.epochs=2',
];
const twoProcesses = ['launcher.kind=torchrun', 'launcher.processes=2'];

test.serial.before('one process trains', async (t) => {
  t.timeout(600_000);
  const { exitCode, stderr } = await prepared().run('one', settings);
  t.is(exitCode, 0, String(stderr));
});

for (const kind of ['torchrun', 'accelerate'])
  test.serial(`two processes of ${kind} have the losses of one`, async (t) => {
    const launcher = [`launcher.kind=${kind}`, 'launcher.processes=2'];
    const { exitCode, stderr } = await prepared().run(kind, [...settings, ...launcher]);
    t.is(exitCode, 0, String(stderr));
    sameMetrics(t, kind);
    t.deepEqual(
      readdirSync(prepared().training(kind, 'logs')).filter((name) => name.startsWith('rank')),
      ['rank-0.log', 'rank-1.log'],
    );
  });

test.serial('Ctrl-C saves the state of every rank', async (t) => {
  const run = prepared().run('interrupted', [...settings, ...twoProcesses]);
  const state = prepared().training('interrupted', '02-contrast/state.safetensors');
  await waitUntil(() => existsSync(state), { during: run });
  run.kill('SIGINT');
  t.is((await run).exitCode, 130);
});

test.serial(
  'the same command goes on; a rank that is killed ends it with a message of its own, and it goes on again',
  async (t) => {
    const state = prepared().training('interrupted', '02-contrast/state.safetensors');
    const saved = statSync(state).mtimeMs;
    const run = prepared().run('interrupted', [...settings, ...twoProcesses]);
    const savedAt = () => statSync(state, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    await waitUntil(() => savedAt() > saved, { during: run });
    process.kill(rankProcess(prepared().training('interrupted'), 1), 'SIGKILL');
    const { exitCode, stderr } = await run;
    t.is(exitCode, 1, String(stderr));
    t.regex(String(stderr), /peft\/rank-killed[\s\S]*rank 1 of the PyTorch engine[\s\S]*to resume/);
    const again = await prepared().run('interrupted', [...settings, ...twoProcesses]);
    t.is(again.exitCode, 0, String(again.stderr));
    sameMetrics(t, 'interrupted');
  },
);

test.serial(
  'Ray starts a rank that died again; Ctrl-C and another death end the command, the same one goes on, and the cluster stays',
  async (t) => {
    t.timeout(600_000);
    const cluster = await startRayCluster(t);
    const ray = [...settings, 'launcher.kind=ray', 'launcher.workers=2'];
    const there = [...ray, `launcher.address=${cluster.address}`];
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
      await waitUntil(() => ranks() === 2 && rankProcess(folder, 1) !== first, { during: interrupted });
      interrupted.kill('SIGINT');
      const { exitCode, stderr } = await interrupted;
      t.is(exitCode, 130, String(stderr));
      t.regex(String(stderr), /rank 1 ended with signal 9; Ray starts all ranks again/);
      t.is(ranks(), 0);

      const died = prepared().run('ray', ray);
      await waitUntil(() => ranks() === 2, { during: died });
      process.kill(rankProcess(folder, 1), 'SIGKILL');
      const end = await died;
      t.is(end.exitCode, 1, String(end.stderr));
      t.regex(String(end.stderr), /peft\/rank-killed[\s\S]*rank 1 of the PyTorch engine[\s\S]*to resume/);
      t.is(processes(/eager_llm_ray|eager-llm-ray/).length + ranks(), 0, 'nothing outlives the command');

      const last = await prepared().run('ray', there, cluster.env);
      t.is(last.exitCode, 0, String(last.stderr));
      t.regex(String(last.stderr), /Ray: 2 workers of a processor core each, on a cluster of 1 machine/);
      sameMetrics(t, 'ray');
      t.true(cluster.isThere());
    } finally {
      await cluster.end();
    }
  },
);

test.serial('a cluster of Ray that is not there is named', async (t) => {
  const { exitCode, stderr } = await prepared().run('no-ray', [
    ...settings,
    ...['launcher.kind=ray', 'launcher.address=auto'],
  ]);
  t.is(exitCode, 1);
  t.regex(String(stderr), /error ray\/no-cluster[\s\S]*ray start --head/);
});

test.serial('a batch job of slurm trains the same', async (t) => {
  const cluster = standInCluster(join(prepared().folder, 'cluster'));
  const launcher = ['launcher.kind=slurm', 'launcher.nodes=2', 'launcher.partition=small'];
  const options = [...settings, ...launcher, 'launcher.prologue=["export PROLOGUE=ran"]'];
  const { exitCode, stderr } = await prepared().run('batch', options, cluster.env);
  t.is(exitCode, 0, String(stderr));
  sameMetrics(t, 'batch');
  const script = readFileSync(cluster.submitted, 'utf8');
  t.regex(script, /^#SBATCH --nodes=2$/m);
  t.regex(script, /^#SBATCH --partition=small$/m);
  t.regex(script, /^#SBATCH --dependency=singleton$/m);
  t.regex(script, /^export PROLOGUE=ran$/m);
});

test.serial(
  'a TrainJob of Kubernetes trains the same, in pods that are processes of this machine',
  async (t) => {
    const cluster = standInKubernetes(join(prepared().folder, 'kubernetes'));
    const launcher = {
      ...{ kind: 'kubernetes', nodes: 2, image: 'shop/torch', claim: 'runs', cpus_per_node: 1 },
      ...{ python_in_image: findPython(null), shared_folder: prepared().folder },
    };
    const options = Object.entries(launcher).map(([name, value]) => `launcher.${name}=${value}`);
    const { exitCode, stderr } = await prepared().run('pods', [...settings, ...options], cluster.env);
    t.is(exitCode, 0, String(stderr));
    t.regex(String(stderr), /TrainJob eager-llm-\w+ runs on node-0, node-1/);
    sameMetrics(t, 'pods');
    t.regex(readFileSync(cluster.manifest, 'utf8'), /claimName: runs/);
    t.false(existsSync(join(prepared().folder, 'kubernetes', 'pods')), 'the TrainJob was deleted');
  },
);

test.serial('a job that is trained elsewhere is adopted by its run, and by no other', async (t) => {
  const { folder, runsFolder, recipe } = prepared();
  const from = ['--runs-dir', runsFolder('elsewhere')];
  const sets = settings.flatMap((each) => ['--set', each]);
  await eagerLlm(['run', recipe, '--run', 'elsewhere', ...from, ...sets, '--until', 'prompts']);
  const job = join(folder, 'job');
  const made = await eagerLlm(['job', 'elsewhere', job, ...from]);
  t.is(made.exitCode, 0, String(made.stderr));
  const result = join(folder, 'result');
  // With the worker that came along, as on another machine.
  const args = ['-m', 'eager_llm_peft', 'train', '--job', job, '--result', result];
  await execa(findPython(null), args, {
    env: { PYTHONPATH: join(job, 'worker'), OMP_NUM_THREADS: '1' },
    stdin: 'ignore',
  });

  const other = [
    '--run',
    'other',
    ...from,
    ...sets,
    '--set',
    'training.stages.0.epochs=3',
    '--until',
    'prompts',
  ];
  await eagerLlm(['run', recipe, ...other]);
  const wrong = await eagerLlm(['adopt', 'other', result, ...from]);
  t.is(wrong.exitCode, 1);
  t.regex(String(wrong.stderr), /job\/another-run/);
  const adopted = await eagerLlm(['adopt', 'elsewhere', result, ...from]);
  t.is(adopted.exitCode, 0, String(adopted.stderr));
  sameMetrics(t, 'elsewhere');
  const evaluated = await eagerLlm(['evaluate', 'elsewhere', ...from, '--json']);
  t.is(evaluated.exitCode, 0, String(evaluated.stderr));
  // The adopted training is reused, not made again.
  t.notRegex(String(evaluated.stderr), /training +starts/);
  t.is(JSON.parse(String(evaluated.stdout)).methods.at(-1).name, 'eager-llm');
});

test.serial('a Python without torch is named before any work', async (t) => {
  const { exitCode, stderr } = await prepared().run('wrong', [
    'engine=peft',
    'launcher.kind=local',
    'launcher.python=/nowhere/python',
  ]);
  t.is(exitCode, 1);
  t.regex(String(stderr), /peft\/no-such-program[\s\S]*\/nowhere\/python/);
});

function sameMetrics(t: ExecutionContext, run: string): void {
  for (const part of parts) {
    const expected = readMetrics(prepared().training('one', part));
    const found = readMetrics(prepared().training(run, part));
    t.deepEqual(
      found.map(({ step, epoch }) => [step, epoch]),
      expected.map(({ step, epoch }) => [step, epoch]),
      part,
    );
    for (const [at, { loss = 0 }] of expected.entries())
      t.true(
        Math.abs((found[at].loss ?? 0) - loss) < 1e-4,
        `${part}, line ${at}: ${loss} and ${found[at].loss}`,
      );
  }
}

/** The process of a rank that works on a result folder (Linux). */
function rankProcess(result: string, rank: number): number {
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each)))
    try {
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0');
      const isWorker = command.includes('eager_llm_peft') && command.includes(result);
      const environment = readFileSync(`/proc/${name}/environ`, 'utf8').split('\0');
      if (isWorker && environment.includes(`RANK=${rank}`)) return Number(name);
    } catch {}
  throw new Error(`rank ${rank} is not at work on ${result}`);
}
