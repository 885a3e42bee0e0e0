import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { execaSync } from 'execa';
import { parse } from 'yaml';
import { launcherOf } from '../../orchestrator/launch/launchers/index.ts';
import { slurmScript, submitCommand } from '../../orchestrator/launch/launchers/slurm/batch-script.ts';
import { slurmSettings } from '../../orchestrator/launch/launchers/slurm/settings.ts';
import { slurm } from '../../orchestrator/launch/launchers/slurm/slurm.ts';
import { launcherSettings } from '../../orchestrator/recipe/launcher-settings.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folders = { python: '/env/bin/python', job: '/runs/a/job', result: '/runs/a' };
const launchCommand = (written: Record<string, unknown>) => {
  const settings = launcherSettings.parse(written);
  return launcherOf(settings).start({ ...folders, settings });
};
const batchJob = (written: Record<string, unknown>) => ({
  ...folders,
  settings: slurmSettings.parse({ kind: 'slurm', ...written }),
});

test('processes may be more than GPUs where none is used, and one on each of two nodes shares weights', (t) => {
  const onProcessors = slurmSettings.parse({ kind: 'slurm', processes: 4, gpus_per_node: 1 });
  t.deepEqual(slurm.conflicts(onProcessors, { device: 'cpu' }), []);
  t.is(slurm.conflicts(onProcessors, { device: 'auto' }).length, 1);
  const twoNodes = slurmSettings.parse({ kind: 'slurm', nodes: 2, gpus_per_node: 1, sharding: 'fsdp' });
  t.deepEqual(slurm.conflicts(twoNodes, { device: 'cuda' }), []);
});

test('one process is Python alone, which ends when its parent does', (t) => {
  const { command, args, files } = launchCommand({ kind: 'local' });
  t.is(
    [command, ...args].join(' '),
    '/env/bin/python -m eager_llm_peft train --job /runs/a/job --result /runs/a --end-with-parent',
  );
  t.deepEqual(files, {});
});

test('torchrun on one machine needs no place to meet, on several it has one', (t) => {
  const one = launchCommand({ kind: 'torchrun', processes: 4, sharding: 'fsdp' }).args.join(' ');
  t.regex(one, /--nnodes 1 --nproc-per-node 4 --max-restarts 0 --standalone -m eager_llm_peft/);
  t.regex(one, /--sharding fsdp/);
  const two = launchCommand({ kind: 'torchrun', nodes: 2, rendezvous: 'node-1:29500' }).args.join(' ');
  t.regex(two, /--nnodes 2 .*--rdzv-backend c10d --rdzv-endpoint node-1:29500/);
});

test('accelerate reads its processes from a file', (t) => {
  const { args, files } = launchCommand({ kind: 'accelerate', processes: 2, nodes: 3, rendezvous: 'a:1' });
  const [[path, text]] = Object.entries(files);
  t.is(path, '/runs/a/launcher/accelerate.yaml');
  t.true(args.includes(path));
  t.regex(text, /num_machines: 3\nnum_processes: 6\n/);
  t.regex(text, /main_process_ip: a\nmain_process_port: 1\n/);
  // In the YAML that Python reads a bare word would be false.
  t.regex(text, /mixed_precision: "no"/);
});

test('accelerate is told of DeepSpeed, and still starts torchrun on every node', (t) => {
  const nodes = { processes: 2, nodes: 3, rendezvous: 'a:1' };
  const { args, files } = launchCommand({ kind: 'accelerate', sharding: 'deepspeed', ...nodes });
  t.regex(args.join(' '), /--sharding deepspeed/);
  const [text] = Object.values(files);
  t.like(parse(text), {
    distributed_type: 'DEEPSPEED',
    deepspeed_config: { zero_stage: 3, deepspeed_multinode_launcher: 'standard' },
    rdzv_backend: 'c10d',
    same_network: false,
  });
});

test('slurm is given a script, whose words no shell can take apart', (t) => {
  const settings = { nodes: 2, processes: 8, gpus_per_node: 8, directives: ['--qos=long'] };
  const odd = { ...batchJob(settings), result: "/runs/it's $HOME" };
  const { command, args, files } = submitCommand(odd);
  t.is(command, 'sbatch');
  t.deepEqual(args.slice(0, 2), ['--wait', '--parsable']);
  const script = slurmScript(odd);
  t.deepEqual(Object.values(files), [script]);
  t.regex(script, /^#!\/bin\/bash\n/);
  t.regex(script, /^#SBATCH --qos=long$/m);
  t.regex(script, /^#SBATCH --gpus-per-node=8$/m);
  t.regex(script, /--rdzv-endpoint "\$first_node:29500"/);
  t.true(script.includes(`--result '/runs/it'\\''s $HOME'`));
});

test('an array has relative paths, and each task its own name', (t) => {
  const { settings } = batchJob({ nodes: 2 });
  const script = slurm.array.script({ settings, python: 'python3', names: ['a.s1', 'b.s1', 'c.s1'] });
  t.regex(script, /^#SBATCH --array=0-2$/m);
  t.regex(script, /^names=\(a\.s1 b\.s1 c\.s1\)\nname=\$\{names\[\$SLURM_ARRAY_TASK_ID\]\}$/m);
  t.regex(script, /^export PYTHONPATH="\$name\/job\/worker"$/m);
  t.regex(script, / --job "\$name\/job" --result "\$name\/result"/);
});

test('an array that was copied to a cluster finds Python and the base where the environment says', (t) => {
  const { settings } = batchJob({});
  const script = slurm.array.script({ settings, python: "/home/it's me/python", names: ['a.s1'] });
  const words = (environment: Record<string, string>) => {
    const folder = temporaryFolder(t);
    mkdirSync(join(folder, 'a.s1/job'), { recursive: true });
    const says = { env: { SLURM_ARRAY_TASK_ID: '0', ...environment }, cwd: folder, reject: false } as const;
    return execaSync(
      'bash',
      ['-c', script.replace('exec srun', `srun() { printf '%s|' "$@"; }; srun`)],
      says,
    );
  };
  t.regex(
    words({ EAGER_LLM_PYTHON: 'bash', EAGER_LLM_BASE_MODEL: '/my models/base' }).stdout,
    /^--kill-on-bad-exit=1\|bash\|-m\|.*\|a\.s1\/result\|--sharding\|none\|--base-model\|\/my models\/base\|$/,
  );
  t.regex(words({ EAGER_LLM_PYTHON: 'bash' }).stdout, /\|--sharding\|none\|$/);
  const missing = words({});
  t.is(missing.exitCode, 1);
  t.regex(missing.stderr, /there is no Python \/home\/it's me\/python here: name one by EAGER_LLM_PYTHON/);
  const elsewhere = words({ EAGER_LLM_PYTHON: 'bash', SLURM_ARRAY_TASK_ID: '1' });
  t.regex(elsewhere.stderr, /submit this script from its own folder/);
});

test('a job is told to save in time, and never at its very start', (t) => {
  for (const [time, seconds] of [
    ['24:00:00', 180],
    ['1-0', 180],
    ['5', 150],
    ['2:30', 75],
    ['0:01:00', 30],
    ['0-00:04', 120],
  ] as const)
    t.true(slurmScript(batchJob({ time })).includes(`--signal=TERM@${seconds}\n`), time);
});

test('a path with a blank, a quote or a per cent sign is one word of its directive', (t) => {
  const { result, ...rest } = batchJob({});
  const line = (folder: string) =>
    /^#SBATCH --output=(.*)$/m.exec(slurmScript({ ...rest, result: folder }))?.[1];
  t.is(line(result), '/runs/a/logs/launcher.log');
  t.is(line('/my runs/50%j "a" #1'), '"/my runs/50%%j \\"a\\" #1/logs/launcher.log"');
});

test('settings of a launcher are checked', (t) => {
  t.false(launcherSettings.safeParse({ kind: 'torchrun', rendezvous: 'node-1' }).success);
  t.false(launcherSettings.safeParse({ kind: 'slurm', time: 'a day' }).success);
  t.false(launcherSettings.safeParse({ kind: 'slurm', directives: ['--wrap=rm x; y'] }).success);
  t.false(launcherSettings.safeParse({ kind: 'local', processes: 2 }).success);
});
