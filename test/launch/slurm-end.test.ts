import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { launcherLog } from '../../orchestrator/launch/explain-end.ts';
import { explainSlurmEnd, type SlurmEnd } from '../../orchestrator/launch/launchers/slurm/end.ts';
import { submittedJob } from '../../orchestrator/launch/launchers/slurm/job.ts';
import { slurmSettings } from '../../orchestrator/launch/launchers/slurm/settings.ts';
import { slurm } from '../../orchestrator/launch/launchers/slurm/slurm.ts';
import { runWorker } from '../../orchestrator/launch/run-worker.ts';
import { UserError } from '../../orchestrator/shared/errors.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { waitUntil } from '../wait-until.ts';

for (const [words, id, cluster] of [
  ['17\n', '17', null],
  ['17;north\n', '17', 'north'],
  ['*** Welcome to the 3 clusters ***\n2026\n--> Verifying valid submit host...OK\r\n17\r\n', '17', null],
  ['17\nThe queue is long: 4000 jobs\n', '17', null],
  ['Submitted batch job 17\n', '17', null],
  ['Submitted batch job 17 on cluster north\n', '17', 'north'],
] as const)
  test(`the number of a job is found in ${JSON.stringify(words)}`, (t) => {
    t.deepEqual(submittedJob(words), { id, cluster });
  });

test('without a number no job was submitted', (t) => {
  for (const words of ['', 'Welcome\n', 'sbatch: error: Batch job submission failed: code 2070\n'])
    t.is(submittedJob(words), null);
});

const ends: [state: string, code: string, message: RegExp, remedy: RegExp][] = [
  ['TIMEOUT', 'slurm/timeout', /ran out of time/, /launcher\.time/],
  ['OUT_OF_MEMORY', 'slurm/out-of-memory', /out of memory/, /launcher\.memory/],
  ['NODE_FAIL', 'slurm/node-failure', /lost its node/, /again to resume/],
  ['BOOT_FAIL', 'slurm/node-failure', /did not start/, /again to resume/],
  ['PREEMPTED', 'slurm/preempted', /higher priority/, /checkpoint_seconds/],
  ['DEADLINE', 'slurm/timeout', /deadline/, /directives/],
  ['REVOKED', 'slurm/cancelled', /revoked/, /again to resume/],
  ['CANCELLED', 'slurm/cancelled', /while it ran/, /again to resume/],
  ['FAILED', 'slurm/failed', /exit code 1:0/, /prologue/],
  ['SOMETHING_NEW', 'slurm/failed', /SOMETHING_NEW/, /prologue/],
  ['COMPLETED', 'slurm/no-result', /not here/, /shared/],
  ['RUNNING', 'slurm/not-waited-for', /still RUNNING/, /scancel 17/],
];
for (const [state, code, message, remedy] of ends)
  test(`the end of a job as ${state} is a clear error`, (t) => {
    const error = explained(t, { state: { state, reason: 'None', exitCode: '1:0', begun: true } });
    t.is(error.code, code);
    t.regex(error.message, message);
    t.regex(error.remedy ?? '', remedy);
  });

test('a job that no node has begun was cancelled while it waited, whatever sbatch ends with', (t) => {
  for (const code of [0, 1])
    for (const state of [null, { state: 'CANCELLED', reason: 'None', exitCode: '0:0', begun: false }])
      t.like(explained(t, { state, code }), { code: 'slurm/cancelled' });
});

for (const [words, code] of [
  [
    'slurmstepd: error: *** JOB 17 ON n1 CANCELLED AT 2026-01-01T00:00:00 DUE TO TIME LIMIT ***',
    'slurm/timeout',
  ],
  [
    'slurmstepd: error: *** JOB 17 ON n1 CANCELLED AT 2026-01-01T00:00:00 DUE TO PREEMPTION ***',
    'slurm/preempted',
  ],
  ['slurmstepd: error: *** JOB 17 ON n1 CANCELLED AT 2026-01-01T00:00:00 ***', 'slurm/cancelled'],
  ['slurmstepd: error: Detected 1 oom_kill event in StepId=17.0.', 'slurm/out-of-memory'],
  ['training', 'slurm/vanished'],
] as const)
  test(`of a job that slurm has forgotten its log knows: ${words}`, (t) => {
    t.like(explained(t, { state: null }, `begun\n${words}\n`), { code });
  });

test('a worker that saved its state because the cluster told it to end says that', (t) => {
  const state = { state: 'FAILED', reason: 'None', exitCode: '1:0', begun: true };
  t.like(explained(t, { state, stopped: true }), { code: 'slurm/stopped' });
  t.like(explained(t, { state: { ...state, state: 'TIMEOUT' }, stopped: true }), { code: 'slurm/timeout' });
});

test("the worker's own words come before those of slurm", (t) => {
  const result = temporaryFolder(t);
  mkdirSync(join(result, 'logs'));
  const error = { kind: 'user', code: 'peft/out-of-memory', message: 'what', remedy: 'how' };
  writeFileSync(join(result, 'logs/failure-0.json'), JSON.stringify({ rank: 0, error }));
  const state = { state: 'FAILED', reason: 'None', exitCode: '1:0', begun: true };
  t.like(explainSlurmEnd(endOf(result, { state })), { code: 'peft/out-of-memory' });
});

test.serial('what sbatch refuses is told in its own words, without what the site greets with', async (t) => {
  const { done } = submit(t, {
    sbatch: 'echo Welcome; echo "sbatch: error: invalid partition specified: gpu" >&2; exit 1',
  });
  const error = (await t.throwsAsync(done, { instanceOf: UserError })) as UserError;
  t.is(error.code, 'slurm/refused');
  t.is(error.message, 'sbatch did not take the job: invalid partition specified: gpu');
  t.regex(error.remedy ?? '', /partition gpu, account not set, memory not set, gpus_per_node 0/);
});

test.serial(
  'Ctrl-C takes a waiting job back, where the site greets too, and waits for nothing',
  async (t) => {
    const { done, bin, stop } = submit(t, {
      sbatch: 'echo Welcome to cluster 2; echo "17;north"; echo Good luck >&2; sleep 600',
      scancel: 'echo "$*" > "$(dirname "$0")/asked"',
      scontrol: 'exit 1',
      sacct: 'exit 1',
      squeue: 'echo "PENDING|Priority|"; touch "$(dirname "$0")/looked"',
    });
    await waitUntil(() => existsSync(join(bin, 'looked')), { during: done });
    stop();
    await t.throwsAsync(done, { message: 'stopped by the test' });
    t.is(readFileSync(join(bin, 'asked'), 'utf8'), '--clusters=north --state=PENDING 17\n');
  },
);

test.serial('an sbatch that cannot be started is a clear error', async (t) => {
  const { done, bin } = submit(t, {});
  await t.throwsAsync(done, { instanceOf: UserError, code: 'peft/no-such-program' } as never);
  writeFileSync(join(bin, 'sbatch'), '');
  await t.throwsAsync(submit(t, { sbatch: null }).done, { instanceOf: UserError });
});

test('a folder that sbatch cannot be told of is refused', async (t) => {
  const { done } = submit(t, {}, 'line\nbreak');
  await t.throwsAsync(done, { instanceOf: UserError, message: /line break/ });
});

function explained(t: ExecutionContext, end: Partial<SlurmEnd>, log = ''): UserError {
  const result = temporaryFolder(t);
  mkdirSync(join(result, 'logs'));
  if (log) writeFileSync(join(result, 'logs', launcherLog), log);
  const error = explainSlurmEnd(endOf(result, end));
  t.true(error instanceof UserError);
  return error as UserError;
}

function endOf(result: string, end: Partial<SlurmEnd>): SlurmEnd {
  const settings = slurmSettings.parse({ kind: 'slurm' });
  const job = { id: '17', cluster: null };
  return {
    settings,
    result,
    words: '17\n',
    job,
    state: null,
    stopped: false,
    code: 1,
    signal: undefined,
    ...end,
  };
}

/** A submission to programs that stand in for those of Slurm; null: a program that cannot be started. */
function submit(t: ExecutionContext, programs: Record<string, string | null>, name = 'run') {
  const folder = temporaryFolder(t);
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  for (const [program, text] of Object.entries(programs)) {
    writeFileSync(join(bin, program), `#!/bin/bash\n${text ?? ''}\n`);
    chmodSync(join(bin, program), text === null ? 0o644 : 0o755);
  }
  // Programs of a Slurm that is installed must not be found.
  for (const program of ['bash', 'sleep', 'dirname', 'touch'])
    writeFileSync(join(bin, program), `#!/bin/sh\nexec /bin/${program} "$@"\n`, { mode: 0o755 });
  const before = process.env.PATH;
  process.env.PATH = bin;
  t.teardown(() => {
    process.env.PATH = before;
  });
  const result = join(folder, name);
  mkdirSync(result);
  const controller = new AbortController();
  const done = runWorker({
    launcher: slurm,
    settings: slurmSettings.parse({ kind: 'slurm', python: 'python3', partition: 'gpu' }),
    job: join(folder, 'job'),
    result,
    report: () => {},
    signal: controller.signal,
  });
  done.catch(() => {});
  return { done, bin, stop: () => controller.abort(new Error('stopped by the test')) };
}
