import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { execa } from 'execa';
import { findPython } from '../../orchestrator/launch/python-environment.ts';
import { waitUntil } from '../wait-until.ts';
import { eagerLlm } from '../whole/eager-llm.ts';
import { prepareRun } from './prepared-run.ts';
import { standInCluster, standInKubernetes } from './stand-in-cluster.ts';
import { rankProcess, sameMetrics, settings, trainAlone } from './trained-alone.ts';

const prepared = prepareRun(test);
const twoProcesses = ['launcher.kind=torchrun', 'launcher.processes=2'];

test.serial.before('one process trains', (t) => trainAlone(t, prepared()));

for (const [kind, sharding] of [
  ['torchrun', 'none'],
  ['accelerate', 'none'],
  ['accelerate', 'deepspeed'],
])
  test.serial(`two processes of ${kind} have the losses of one, sharding: ${sharding}`, async (t) => {
    const name = `${kind}-${sharding}`;
    const launcher = [`launcher.kind=${kind}`, 'launcher.processes=2', `launcher.sharding=${sharding}`];
    const { exitCode, stderr } = await prepared().run(name, [...settings, ...launcher]);
    t.is(exitCode, 0, String(stderr));
    sameMetrics(t, prepared(), name);
    t.deepEqual(
      readdirSync(prepared().training(name, 'logs')).filter((log) => log.startsWith('rank')),
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
    sameMetrics(t, prepared(), 'interrupted');
  },
);

test.serial('a batch job of slurm trains the same', async (t) => {
  const cluster = standInCluster(join(prepared().folder, 'cluster'));
  const launcher = ['launcher.kind=slurm', 'launcher.nodes=2', 'launcher.partition=small'];
  const options = [...settings, ...launcher, 'launcher.prologue=["export PROLOGUE=ran"]'];
  const { exitCode, stderr } = await prepared().run('batch', options, cluster.env);
  t.is(exitCode, 0, String(stderr));
  sameMetrics(t, prepared(), 'batch');
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
    sameMetrics(t, prepared(), 'pods');
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
  // What was said on the way need not be brought back.
  rmSync(join(result, 'logs'), { recursive: true });
  const adopted = await eagerLlm(['adopt', 'elsewhere', result, ...from]);
  t.is(adopted.exitCode, 0, String(adopted.stderr));
  sameMetrics(t, prepared(), 'elsewhere');
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
