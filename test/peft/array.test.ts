import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { execa } from 'execa';
import { readMetrics } from '../../orchestrator/training/metrics-log.ts';
import { eagerLlm } from '../whole/eager-llm.ts';
import { prepareRun } from './prepared-run.ts';
import { standInCluster } from './stand-in-cluster.ts';

const prepared = prepareRun(test);

test.serial('the trainings of a sweep go to a cluster as one array, and come back', async (t) => {
  t.timeout(600_000);
  const { folder, recipe, runsFolder } = prepared();
  const sweep = join(folder, 'beams.yaml');
  writeFileSync(
    sweep,
    `base: ${recipe}
until: training
set:
  engine: peft
  launcher: {kind: slurm}
  training.stages.2: null
  training.stages.1: null
  training.stages.0.epochs: 1
  training.validation_users: 20
variants:
  - name: plain
  - name: beams
    set: {decoding.num_beams: 30}
  - name: slower
    set: {training.stages.0.learning_rate: 0.001}
`,
  );
  const cluster = standInCluster(join(folder, 'cluster'));
  const env = { OMP_NUM_THREADS: '1', ...cluster.env };
  const jobs = join(folder, 'jobs');
  const from = ['--runs-dir', runsFolder('array')];
  const array = async (code = 0) => {
    const { exitCode, stdout, stderr } = await eagerLlm(['array', sweep, jobs, ...from, '--json'], { env });
    t.is(exitCode, code, String(stderr));
    return JSON.parse(String(stdout)).tasks.map(({ state }: { state: string }) => state);
  };

  t.deepEqual(await array(), ['to be trained', 'shared', 'to be trained'], 'beams change no training');
  await execa('sbatch', ['train.sbatch'], { cwd: jobs, env, stdin: 'ignore' });
  t.true(existsSync(join(jobs, 'task-1.log')));
  const weights = join(jobs, 'beams.plain.s1', 'result', '01-plain', 'model', 'model.safetensors');
  const whole = readFileSync(weights);
  writeFileSync(weights, whole.subarray(0, 20));
  t.deepEqual(await array(1), ['refused', 'shared', 'adopted'], 'a half copied result keeps no other back');
  writeFileSync(weights, whole);
  t.deepEqual(await array(), ['adopted', 'shared', 'trained']);
  t.deepEqual(await array(), ['trained', 'shared', 'trained'], 'again, and nothing changes');

  const { exitCode, stderr } = await eagerLlm(['sweep', sweep, ...from], { env: { PATH: '/nowhere' } });
  t.is(exitCode, 0, `with no cluster there is nothing left to train: ${stderr}`);
  const losses = ['plain', 'slower'].map((name) =>
    readMetrics(join(runsFolder('array'), `beams.${name}.s1`, '06-training', '01-plain')).map(
      ({ loss }) => loss,
    ),
  );
  t.is(losses[0][0], losses[1][0], 'they begin alike');
  t.notDeepEqual(losses[0], losses[1]);
});

test.serial('a sweep for another engine is refused before any work', async (t) => {
  const { folder, recipe, runsFolder } = prepared();
  const sweep = join(folder, 'node.yaml');
  writeFileSync(sweep, `base: ${recipe}\nvariants: [{name: plain}]\n`);
  const args = ['array', sweep, join(folder, 'none'), '--runs-dir', runsFolder('refused')];
  const { exitCode, stderr } = await eagerLlm(args);
  t.is(exitCode, 1);
  t.regex(String(stderr), /array\/not-for-slurm[\s\S]*--set engine=peft --set launcher.kind=slurm/);
  t.false(existsSync(runsFolder('refused')));
});

test.serial('a Python that is not there is named before any work', async (t) => {
  const { folder, recipe, runsFolder } = prepared();
  const sweep = join(folder, 'no-python.yaml');
  writeFileSync(
    sweep,
    `base: ${recipe}
set: {engine: peft, launcher: {kind: slurm, python: /nowhere/python}}
variants: [{name: plain}]
`,
  );
  const args = ['array', sweep, join(folder, 'none'), '--runs-dir', runsFolder('no-python')];
  const { exitCode, stderr } = await eagerLlm(args);
  t.is(exitCode, 1);
  t.regex(String(stderr), /\/nowhere\/python/);
  t.false(existsSync(runsFolder('no-python')));
});
