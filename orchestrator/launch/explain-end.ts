import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { StageCrash } from '../process/outcomes.ts';
import type { SentError } from '../process/protocol.ts';
import { unpackError } from '../process/sent-error.ts';
import { UserError } from '../shared/errors.ts';

export const logsFolder = 'logs';
export const launcherLog = 'launcher.log';

/** What to do where nothing else has to be done first. */
export const goesOn = 'Run the same command again to resume.';

/** The rank whose end came first, and its exit code: below 0, a signal. */
export interface RankEnd {
  rank: number;
  exitCode: number;
}

/**
 * Why a worker ended without a result: what the rank that failed first said itself, or what its launcher or the system
 * says about its end. `code` and `signal` are those of the process that was started; `stopped`: the worker saved its
 * state because something other than us told it to end; `first`: where the launcher knows it, otherwise torchrun does.
 */
export function explainEnd(
  result: string,
  end: { code?: number | undefined; signal?: string | undefined; stopped?: boolean },
  first?: RankEnd,
): Error {
  const logs = join(result, logsFolder);
  if (end.stopped)
    return new UserError('peft/stopped', 'the PyTorch engine was told to stop by someone else', {
      place: logs,
      remedy: goesOn,
    });
  const cause = first ?? rootCause(join(logs, launcherLog));
  const failure = firstFailure(logs, cause?.rank);
  if (failure) return unpackError(failure.error, `training (PyTorch, rank ${failure.rank})`);
  const rank = cause?.rank ?? 0;
  const place = join(logs, `rank-${rank}.log`);
  const killed = cause ? cause.exitCode === -9 : end.signal === 'SIGKILL' || end.code === 137;
  if (killed)
    return new UserError(
      'peft/rank-killed',
      `the system killed rank ${rank} of the PyTorch engine (SIGKILL)`,
      {
        place,
        remedy: `Most likely the machine ran out of memory: lower micro_batch_tokens or the number of processes. ${goesOn}`,
      },
    );
  const how = cause
    ? `rank ${rank} ended with ${cause.exitCode < 0 ? `signal ${-cause.exitCode}` : `code ${cause.exitCode}`}`
    : `the worker ended with ${end.signal ?? `code ${end.code}`}`;
  const words = tailOf(place) || tailOf(join(logs, launcherLog));
  return new StageCrash('training', `PyTorch: ${how} and left no result\nIts last words:\n${words}`);
}

/** torchrun names the rank whose end came first; the others only lost their peer. */
function rootCause(log: string): RankEnd | null {
  if (!existsSync(log)) return null;
  const text = readFileSync(log, 'utf8');
  const block = text.slice(text.lastIndexOf('Root Cause'));
  const rank = /rank\s*:\s*(\d+)/.exec(block);
  const exitCode = /exitcode\s*:\s*(-?\d+)/.exec(block);
  return text.includes('Root Cause') && rank && exitCode
    ? { rank: Number(rank[1]), exitCode: Number(exitCode[1]) }
    : null;
}

/** Of the rank that is the cause; where nobody knows it, of the rank that failed first. */
export function firstFailure(logs: string, rank?: number): { rank: number; error: SentError } | null {
  if (!existsSync(logs)) return null;
  const files = readdirSync(logs)
    .filter((name) =>
      rank === undefined ? /^failure-\d+\.json$/.test(name) : name === `failure-${rank}.json`,
    )
    .map((name) => join(logs, name))
    .sort((a, b) => statSync(a).mtimeMs - statSync(b).mtimeMs);
  return files.length > 0 ? JSON.parse(readFileSync(files[0], 'utf8')) : null;
}

/** What the first rank said last, or its launcher, to be put behind a message; nothing where neither said anything. */
export function lastWordsIn(logs: string): string {
  const words = tailOf(join(logs, 'rank-0.log')) || tailOf(join(logs, launcherLog));
  return words ? `\nIts last words:\n${words}` : '';
}

/** The last lines of a log, nothing where there is none. */
export function tailOf(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n').slice(-15).join('\n') : '';
}
