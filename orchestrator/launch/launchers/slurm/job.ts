import { setTimeout as wait } from 'node:timers/promises';
import type { Reporter } from '../../../shared/reporter.ts';

/** A batch job of the cluster; sites with several clusters under one Slurm name the one that took it. */
export interface SlurmJob {
  id: string;
  cluster: string | null;
}

/** How Slurm says that a job stands: `CANCELLED`, `TIMEOUT`, `PENDING`, …; its exit code is that of its script. */
export interface SlurmState {
  state: string;
  /** Why it waits, or what ended it; `None` where there is nothing to say. */
  reason: string;
  exitCode: string;
  /** false: no node has worked on it. */
  begun: boolean;
}

/**
 * The job that sbatch has submitted; null if it has not. With `--parsable` it prints `17` or `17;cluster`, but some sites
 * add lines before and after: the last line of this form counts.
 */
export function submittedJob(words: string): SlurmJob | null {
  const lines = words.split(/\r?\n/).map((line) => line.trim());
  const found =
    lastMatch(lines, /^(\d+)(?:;([\w.-]+))?$/) ??
    lastMatch(lines, /^(?:sbatch: )?Submitted batch job (\d+)(?: on cluster ([\w.-]+))?$/);
  return found ? { id: found[1], cluster: found[2] ?? null } : null;
}

/** Takes a job that has not begun out of the queue. */
export async function cancelWaitingJob(job: SlurmJob): Promise<void> {
  await ask('scancel', [...clusterOf(job), '--state=PENDING', job.id]);
}

/** Asks the controller, then the accounting, which knows jobs of earlier days; null where neither knows the job. */
export async function stateOfJob(job: SlurmJob): Promise<SlurmState | null> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const state = (await fromController(job)) ?? (await fromAccounting(job));
    if (state?.state !== 'COMPLETING') return state;
    await wait(millisecondsBetweenAttempts);
  }
  return null;
}

/** States from which a job goes on by itself. */
export const livingStates = [
  'PENDING',
  'CONFIGURING',
  'RUNNING',
  'COMPLETING',
  'SUSPENDED',
  'STOPPED',
  'REQUEUED',
  'REQUEUE_HOLD',
  'RESIZING',
  'SIGNALING',
  'STAGE_OUT',
];

/** Says how a job stands in the queue, whenever that changes: one that can never begin tells so there alone. */
export function followQueue(job: SlurmJob, report: Reporter): { stop(): void } {
  let told = '';
  let stopped = false;
  const look = async () => {
    const { stdout, failed } = await ask('squeue', [
      ...clusterOf(job),
      '--noheader',
      '-j',
      job.id,
      '-o',
      '%T|%r|%N',
    ]);
    const [state, reason, nodes] = failed ? [] : stdout.trim().split('\n')[0].split('|');
    const text =
      state === 'PENDING'
        ? `job ${job.id} waits in the queue of slurm (${reason})`
        : state === 'RUNNING'
          ? `job ${job.id} runs on ${nodes}`
          : told;
    if (stopped || text === told) return;
    told = text;
    report({ type: 'note', text });
  };
  let timer: NodeJS.Timeout;
  const lookAgain = async (pause: number) => {
    await look();
    if (!stopped) timer = setTimeout(lookAgain, pause, Math.min(2 * pause, longestPause));
  };
  void lookAgain(1000);
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

/** In milliseconds: sites ask to be asked seldom. */
const longestPause = 30_000;
const attempts = 20;
const millisecondsBetweenAttempts = 1000;

async function fromController(job: SlurmJob): Promise<SlurmState | null> {
  const { stdout, failed } = await ask('scontrol', [...clusterOf(job), '-o', 'show', 'job', job.id]);
  const value = (name: string) => new RegExp(`(?:^|\\s)${name}=(\\S*)`).exec(stdout)?.[1] ?? '';
  if (failed || value('JobState') === '') return null;
  return {
    state: value('JobState'),
    reason: value('Reason') || 'None',
    exitCode: value('ExitCode'),
    begun: !['', '00:00:00'].includes(value('RunTime')) || !/^(\(null\))?$/.test(value('NodeList')),
  };
}

async function fromAccounting(job: SlurmJob): Promise<SlurmState | null> {
  const fields = ['State', 'Reason', 'ExitCode', 'Start'];
  const args = ['--allocations', '--noheader', '--parsable2', '-j', job.id, '-o', fields.join()];
  const { stdout, failed } = await ask('sacct', [...clusterOf(job), ...args]);
  const [state, reason, exitCode, start] = stdout.trim().split('\n').at(-1)?.split('|') ?? [];
  if (failed || !state) return null;
  // `CANCELLED by 1000`
  return {
    state: state.split(' ')[0],
    reason: reason || 'None',
    exitCode: exitCode ?? '',
    begun: !/^(None|Unknown)?$/.test(start ?? ''),
  };
}

function clusterOf({ cluster }: SlurmJob): string[] {
  return cluster ? [`--clusters=${cluster}`] : [];
}

async function ask(program: string, args: string[]): Promise<{ stdout: string; failed: boolean }> {
  // Reading any recipe loads this file, and few recipes use a cluster.
  const { execa } = await import('execa');
  const { stdout, failed } = await execa(program, args, { reject: false, stdin: 'ignore', timeout: 60_000 });
  return { stdout: stdout ?? '', failed };
}

function lastMatch(lines: string[], pattern: RegExp): RegExpExecArray | null {
  return lines.map((line) => pattern.exec(line)).findLast((match) => match !== null) ?? null;
}
