import { createWriteStream, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import type { ChildMessage } from '../process/protocol.ts';
import type { Launcher } from '../recipe/sections/launcher.ts';
import { UserError } from '../shared/errors.ts';
import type { Figures, Reporter } from '../shared/reporter.ts';
import { writeFileAtomic } from '../storage/atomic-file.ts';
import { makeFolder } from '../storage/make-folder.ts';
import { explainEnd, launcherLog, logsFolder } from './explain-end.ts';
import { followMessages, messagesFile } from './follow-messages.ts';
import { endsWithParent, launchCommand, workerSourceOf } from './launch-command.ts';
import { findPython, workerVariables } from './python-environment.ts';
import { submitCommand } from './slurm.ts';
import { explainSlurmEnd } from './slurm-end.ts';
import { followSubmission } from './slurm-submission.ts';

/** What sbatch says; what the job says goes into the launcher's log. */
const slurmLog = 'slurm.log';

/** Its presence in the result folder asks every rank to save and end. */
const stopFile = 'stop-requested';

export interface WorkerOptions {
  launcher: Launcher;
  /** Folders, absolute. What is in `result` is gone on from. */
  job: string;
  result: string;
  report: Reporter;
  /** Aborted: every rank saves its state and ends. */
  signal: AbortSignal;
}

export interface WorkerResult {
  figures: Figures;
  peak_memory_bytes: number;
}

/**
 * Trains a job with PyTorch. Throws `signal.reason` when it was stopped, the worker's own UserError, or what the end of
 * a rank means.
 */
export async function runWorker({
  launcher,
  job,
  result,
  report,
  signal,
}: WorkerOptions): Promise<WorkerResult> {
  signal.throwIfAborted();
  const python = findPython(launcher.python);
  const logs = join(result, logsFolder);
  makeFolder(logs);
  // What an earlier attempt said about its end is no news.
  for (const name of readdirSync(logs))
    if (/^failure-|^launcher|^slurm/.test(name)) rmSync(join(logs, name), { force: true });
  for (const name of [messagesFile, stopFile]) rmSync(join(result, name), { force: true });

  const launch = { python, launcher, job, result };
  const { command, args, files } = launcher.kind === 'slurm' ? submitCommand(launch) : launchCommand(launch);
  for (const [path, text] of Object.entries(files)) writeFileAtomic(path, text);
  if ('rendezvous' in launcher && launcher.nodes > 1)
    report({
      type: 'note',
      text: `run this on each of the other nodes too: ${lineForOtherNodes(command, args, job)}`,
    });

  let outcome: Extract<ChildMessage, { type: 'finished' | 'stopped' }> | undefined;
  const messages = followMessages(join(result, messagesFile), (message) => {
    if (message.type === 'finished' || message.type === 'stopped') outcome = message;
    else if (message.type !== 'ready' && message.type !== 'failed') report(message);
  });
  const child = execa(command, args, {
    env: workerVariables(workerSourceOf(job)),
    // It closes when we end, however we end, and the worker ends with it.
    stdin: 'pipe',
    buffer: false,
    reject: false,
    // A terminal's Ctrl-C is ours to pass on.
    detached: true,
  });
  const submission = launcher.kind === 'slurm' ? followSubmission(child, report) : null;
  const log = createWriteStream(join(logs, submission ? slurmLog : launcherLog), { flags: 'a' });
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  const stop = () => {
    // A file, not a signal: launchers give their ranks seconds to end, and a large state takes longer to save.
    writeFileSync(join(result, stopFile), '');
    void submission?.cancel();
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    const end = await child;
    messages.stop();
    await new Promise((done) => log.end(done));
    if (outcome?.type === 'finished') return outcome;
    signal.throwIfAborted();
    if (end.exitCode === undefined && !end.signal) throw notStarted(command, launcher, end);
    const stopped = outcome?.type === 'stopped';
    const how = { code: end.exitCode, signal: end.signal };
    if (launcher.kind === 'slurm' && submission)
      throw explainSlurmEnd({ launcher, result, ...(await submission.end()), stopped, ...how });
    if (stopped)
      throw new UserError('peft/stopped', 'the PyTorch engine was told to stop by someone else', {
        place: logs,
        remedy: 'The same command goes on where it was.',
      });
    throw explainEnd(result, how);
  } finally {
    messages.stop();
    submission?.close();
    signal.removeEventListener('abort', stop);
    // A batch job that we no longer wait for may begin later: it has to find the file.
    if (!submission) rmSync(join(result, stopFile), { force: true });
  }
}

function lineForOtherNodes(command: string, args: readonly string[], job: string): string {
  const words = args.filter((word) => word !== endsWithParent);
  return `PYTHONPATH=${workerSourceOf(job)} ${[command, ...words].join(' ')}`;
}

function notStarted(
  command: string,
  { kind }: Launcher,
  end: { code?: string | undefined; shortMessage?: string | undefined },
): UserError {
  const missing = end.code === 'ENOENT';
  return new UserError(
    missing ? 'peft/no-such-program' : 'peft/not-started',
    missing ? 'the program is not there' : `the program cannot be started: ${end.code ?? end.shortMessage}`,
    {
      place: command,
      remedy:
        kind === 'slurm'
          ? 'Run this on a machine of the cluster from where jobs are submitted, or choose another launcher.'
          : 'Correct launcher.python, or make the environment: npx eager-llm setup peft.',
    },
  );
}
