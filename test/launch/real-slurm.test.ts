import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { execa } from 'execa';
import { slurmSettings } from '../../orchestrator/launch/launchers/slurm/settings.ts';
import { slurm } from '../../orchestrator/launch/launchers/slurm/slurm.ts';
import { runWorker } from '../../orchestrator/launch/run-worker.ts';
import type { UserError } from '../../orchestrator/shared/errors.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { waitUntil } from '../wait-until.ts';
import { startSlurm } from './real-slurm.ts';

const cluster = await startSlurm();
const real = cluster ? test.serial : test.serial.skip;
if (cluster) Object.assign(process.env, cluster.env);
test.after.always(() => cluster?.stop());

real('a job has its own cores and its own log, whatever the path of the run', async (t) => {
  const { done, result } = submit(t, {}, "50%j it's #1 run");
  t.like(await done, { figures: { ended: 'well' } });
  t.is(readFileSync(join(result, 'nproc'), 'utf8').trim(), '2');
  t.regex(readFileSync(join(result, 'logs/launcher.log'), 'utf8'), /in the job/);
});

for (const [setting, value, words] of [
  ['partition', 'none-such', /invalid partition specified: none-such/],
  ['memory', '9T', /Memory specification can not be satisfied/],
  ['gpus_per_node', 4, /Invalid generic resource/],
  ['directives', ['--constraint=fast'], /Invalid feature specification/],
  ['directives', ['--not-an-option=1'], /unrecognized option '--not-an-option=1'/],
] as const)
  real(`a job that is refused for its ${setting} (${value}) says so in the words of sbatch`, async (t) => {
    const { done } = submit(t, { [setting]: value });
    const error = (await t.throwsAsync(done)) as UserError;
    t.is(error.code, 'slurm/refused');
    t.regex(error.message, words);
    t.regex(error.remedy ?? '', new RegExp(`${setting} \\[?${value}`));
  });

real('a job that somebody takes out of the queue says so', async (t) => {
  const { done, notes } = submit(t, { partition: 'closed' });
  await waitUntil(() => notes.some((text) => /waits in the queue of slurm \(PartitionDown\)/.test(text)), {
    during: done,
  });
  await execa('scancel', ['--state=PENDING', '--partition=closed']);
  await t.throwsAsync(done, {
    code: 'slurm/cancelled',
    message: /was cancelled while it waited in the queue/,
  });
});

real('Ctrl-C takes a waiting job out of the queue', async (t) => {
  const { done, notes, stop } = submit(t, { partition: 'closed' });
  await waitUntil(() => notes.some((text) => text.includes('waits in the queue')), { during: done });
  stop();
  t.is((await t.throwsAsync(done))?.message, 'stopped by the test');
  t.is((await execa('squeue', ['--noheader'])).stdout, '');
});

real('a job that somebody cancels while it runs says so', async (t) => {
  const { done, notes } = submit(t, { prologue: ['sleep 600'] });
  await waitUntil(() => notes.some((text) => text.includes(' runs on ')), { during: done });
  await execa('scancel', ['--partition=open']);
  await t.throwsAsync(done, { code: 'slurm/cancelled', message: /was cancelled while it ran/ });
});

real('a job that fails shows its last words', async (t) => {
  const { done } = submit(t, { prologue: ['echo no such module >&2', 'exit 3'] });
  await t.throwsAsync(done, { code: 'slurm/failed', message: /exit code 3[\s\S]*no such module/ });
});

real('a job that ends well without a result says where to look', async (t) => {
  const { done } = submit(t, { prologue: ['exit 0'] });
  await t.throwsAsync(done, { code: 'slurm/no-result' });
});

real('a job whose node fails says so', async (t) => {
  const { done, notes } = submit(t, { prologue: ['sleep 600'], directives: ['--no-requeue'] });
  await waitUntil(() => notes.some((text) => text.includes(' runs on ')), { during: done });
  const node = (await execa('sinfo', ['--noheader', '-o', '%N', '-p', 'open'])).stdout;
  await execa('scontrol', ['update', `nodename=${node}`, 'state=down', 'reason=test']);
  await t.throwsAsync(done, { code: 'slurm/node-failure', message: /lost its node/ });
});

/** A worker that writes down its cores and ends well, as a batch job. */
function submit(t: ExecutionContext, settings: Record<string, unknown>, name = 'run') {
  t.timeout(240_000);
  const folder = join(temporaryFolder(t), name);
  const [job, result] = [join(folder, 'job'), join(folder, 'result')];
  mkdirSync(job, { recursive: true });
  mkdirSync(result);
  const python = join(folder, 'python');
  writeFileSync(
    python,
    `#!/bin/bash
echo in the job
while [ "$1" != --result ]; do shift; done
nproc > "$2/nproc"
echo '{"type": "finished", "figures": {"ended": "well"}, "peak_memory_bytes": 1}' > "$2/messages.jsonl"
`,
  );
  chmodSync(python, 0o755);
  const asked = slurmSettings.parse({ kind: 'slurm', python, cpus_per_task: 2, ...settings });
  const notes: string[] = [];
  const controller = new AbortController();
  const done = runWorker({
    launcher: slurm,
    settings: asked,
    job,
    result,
    report: (message) => 'text' in message && notes.push(message.text),
    signal: controller.signal,
  });
  done.catch(() => {});
  return { done, result, notes, stop: () => controller.abort(new Error('stopped by the test')) };
}
