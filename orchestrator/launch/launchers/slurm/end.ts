import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../../shared/errors.ts';
import {
  explainEnd,
  firstFailure,
  goesOn,
  lastWordsIn,
  launcherLog,
  logsFolder,
  tailOf,
} from '../../explain-end.ts';
import type { ProgramEnd } from '../launcher.ts';
import { launcherFolder } from '../worker-command.ts';
import { scriptName } from './batch-script.ts';
import { livingStates, type SlurmJob, type SlurmState } from './job.ts';
import type { SlurmSettings } from './settings.ts';

/** What is known when sbatch has ended, how it did so included, and the worker left no result. */
export interface SlurmEnd extends ProgramEnd {
  settings: SlurmSettings;
  result: string;
  /** What sbatch said. */
  words: string;
  /** null where it submitted nothing. */
  job: SlurmJob | null;
  /** null where Slurm no longer knows the job. */
  state: SlurmState | null;
}

/** Why a batch job gave no result: the worker's own words where it has some, else those of Slurm. */
export function explainSlurmEnd(end: SlurmEnd): Error {
  const { result, job, state, stopped, code, signal } = end;
  if (!job) return refused(end);
  const place = join(result, logsFolder);
  if (!stopped && firstFailure(place)) return explainEnd(result, { code, signal });
  const fail = (name: string, message: string, remedy: string) =>
    new UserError(`slurm/${name}`, `job ${job.id} of slurm ${message}`, {
      place,
      remedy: `${remedy} ${goesOn}`.trim(),
    });
  const name = loggedEnd(join(place, launcherLog), state?.state ?? '');
  const known = endings[name];
  if (known) return fail(known.code, known.message, known.remedy);
  if (livingStates.includes(name))
    return fail(
      'not-waited-for',
      `is still ${name}, but sbatch, which waited for it, ended with ${signal ?? `code ${code}`}`,
      `To end it: scancel ${job.id}. Until then the next one waits behind it.`,
    );
  if (stopped)
    return fail(
      'stopped',
      'was told to end by the cluster: its time was nearly up, or its machine was taken back. Its state is saved',
      'Raise launcher.time where that is the cause.',
    );
  const said = ownWords(end.words);
  const begun = state ? state.begun : hasWords(join(place, launcherLog));
  if (name === 'CANCELLED' || !begun)
    return fail(
      'cancelled',
      begun
        ? 'was cancelled while it ran'
        : name === 'CANCELLED'
          ? 'was cancelled while it waited in the queue'
          : `ended before it began: it was cancelled while it waited in the queue, or slurm forgot it (sbatch said: ${said})`,
      'If you did not cancel it, ask who did.',
    );
  const words = lastWordsIn(place);
  if (name === '') return fail('vanished', `is gone from the queue and left no result${words}`, '');
  if (name === 'COMPLETED')
    return fail(
      'no-result',
      `completed, but its result is not here${words}`,
      'Check that the nodes see this folder (a shared file system), and that no line of launcher.prologue ends the script.',
    );
  const [exitCode, exitSignal] = (state?.exitCode ?? '').split(':').map(Number);
  const byRank = explainEnd(result, { code: exitCode, signal: exitSignal === 9 ? 'SIGKILL' : undefined });
  if (byRank instanceof UserError) return byRank;
  return fail(
    'failed',
    `ended as ${name} (exit code ${state?.exitCode}) and left no result${words}`,
    'Fix what it reports; launcher.prologue and launcher.python decide what the node finds.',
  );
}

const endings: Record<string, { code: string; message: string; remedy: string }> = {
  TIMEOUT: { code: 'timeout', message: 'ran out of time', remedy: 'Raise launcher.time.' },
  DEADLINE: { code: 'timeout', message: 'reached its deadline', remedy: 'Look at launcher.directives.' },
  OUT_OF_MEMORY: {
    code: 'out-of-memory',
    message: 'ran out of memory on its node',
    remedy: 'Raise launcher.memory, or lower micro_batch_tokens or launcher.processes.',
  },
  NODE_FAIL: { code: 'node-failure', message: 'lost its node', remedy: 'There is nothing to fix here.' },
  BOOT_FAIL: {
    code: 'node-failure',
    message: 'got a node that did not start',
    remedy: 'There is nothing to fix here.',
  },
  LAUNCH_FAILED: {
    code: 'node-failure',
    message: 'could not be started on its node',
    remedy: 'Ask the administrators of the cluster.',
  },
  PREEMPTED: {
    code: 'preempted',
    message: 'was preempted by a job of higher priority',
    remedy: 'Its last saved state is kept (peft.checkpoint_seconds).',
  },
  REVOKED: {
    code: 'cancelled',
    message: 'was revoked by its cluster',
    remedy: 'Ask the administrators of the cluster.',
  },
};

function refused({ settings, result, words, code, signal }: SlurmEnd): UserError {
  const said = ownWords(words) || `it ended with ${signal ?? `code ${code}`}`;
  const { partition, account, memory, gpus_per_node, cpus_per_task, nodes, time, directives } = settings;
  const asked = { partition, account, memory, gpus_per_node, cpus_per_task, nodes, time, directives };
  const shown = Object.entries(asked).map(([name, value]) =>
    Array.isArray(value) ? `${name} [${value.join(', ')}]` : `${name} ${value ?? 'not set'}`,
  );
  return new UserError('slurm/refused', `sbatch did not take the job: ${said}`, {
    place: join(result, launcherFolder, scriptName),
    remedy: `Correct what it names under launcher: ${shown.join(', ')} (a qos, a reservation and the like are directives). ${goesOn}`,
  });
}

/** What the node wrote at the job's end, where Slurm itself says nothing exact: it forgets jobs after minutes. */
function loggedEnd(log: string, state: string): string {
  if (!['', 'FAILED', 'COMPLETED', 'CANCELLED'].includes(state)) return state;
  const words = tailOf(log);
  return Object.entries(signs).find(([, sign]) => sign.test(words))?.[0] ?? state;
}

const signs = {
  TIMEOUT: /DUE TO TIME LIMIT/,
  PREEMPTED: /DUE TO PREEMPTION/,
  NODE_FAIL: /DUE TO NODE FAILURE/,
  OUT_OF_MEMORY: /oom[-_ ]kill/i,
  CANCELLED: /\bCANCELLED AT\b/,
};

/** Without what a site greets with, where sbatch's own lines can be told. */
function ownWords(words: string): string {
  const lines = words.split(/\r?\n/).filter((line) => line.trim() !== '');
  const own = lines.filter((line) => /^sbatch: /.test(line));
  return (own.length > 0 ? own : lines)
    .slice(-8)
    .map((line) => line.replace(/^sbatch: (error: |fatal: )?/, '').trim())
    .join('; ');
}

function hasWords(path: string): boolean {
  return existsSync(path) && statSync(path).size > 0;
}
