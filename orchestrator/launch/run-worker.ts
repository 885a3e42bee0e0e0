import { createWriteStream, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import type { ChildMessage } from '../process/protocol.ts';
import { UserError } from '../shared/errors.ts';
import type { Figures, Reporter } from '../shared/reporter.ts';
import { writeFileAtomic } from '../storage/atomic-file.ts';
import { makeFolder } from '../storage/make-folder.ts';
import { explainEnd, launcherLog, logsFolder } from './explain-end.ts';
import { followMessages, messagesFile } from './follow-messages.ts';
import type { Launcher, LauncherSettings } from './launchers/launcher.ts';
import { noSuchProgram } from './launchers/programs.ts';
import { workerSourceOf, workerVariables } from './launchers/worker-command.ts';
import { pythonOfLauncher } from './python-environment.ts';

/** Its presence in the result folder asks every rank to save and end. */
const stopFile = 'stop-requested';

export interface WorkerOptions<Settings extends LauncherSettings> {
  launcher: Launcher<Settings>;
  settings: Settings;
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
export async function runWorker<Settings extends LauncherSettings>({
  launcher,
  settings,
  job,
  result,
  report,
  signal,
}: WorkerOptions<Settings>): Promise<WorkerResult> {
  signal.throwIfAborted();
  const python = pythonOfLauncher(launcher, settings);
  const logs = join(result, logsFolder);
  makeFolder(logs);
  // The end of an earlier attempt is no longer of interest; what its ranks said is kept.
  for (const name of readdirSync(logs))
    if (!name.startsWith('rank-')) rmSync(join(logs, name), { force: true });
  for (const name of [messagesFile, stopFile]) rmSync(join(result, name), { force: true });

  const launch = { python, settings, job, result };
  const { command, args, files, env, note } = launcher.start(launch);
  for (const [path, text] of Object.entries(files)) writeFileAtomic(path, text);
  if (note) report({ type: 'note', text: note });

  let outcome: Extract<ChildMessage, { type: 'finished' | 'stopped' }> | undefined;
  const messages = followMessages(join(result, messagesFile), (message) => {
    if (message.type === 'finished' || message.type === 'stopped') outcome = message;
    else if (message.type !== 'ready' && message.type !== 'failed') report(message);
  });
  const child = execa(command, args, {
    env: { ...workerVariables(workerSourceOf(job)), ...env },
    // It closes when this process ends, for any reason, and then the worker ends too.
    stdin: 'pipe',
    buffer: false,
    reject: false,
    // We pass on Ctrl-C from the terminal ourselves.
    detached: true,
  });
  const handedOn = launcher.follow?.(launch, child, report);
  const log = createWriteStream(join(logs, handedOn?.log ?? launcherLog), { flags: 'a' });
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  const stop = () => {
    // A file, not a signal: launchers give their ranks seconds to end, and a large state takes longer to save.
    writeFileSync(join(result, stopFile), '');
    void handedOn?.stop();
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    const end = await child;
    await (end.exitCode === 0 ? handedOn?.wait?.() : handedOn?.takeBack?.());
    messages.stop();
    await new Promise((done) => log.end(done));
    if (outcome?.type === 'finished') return outcome;
    signal.throwIfAborted();
    if (end.exitCode === undefined && !end.signal) throw notStarted(command, end, handedOn?.remedy);
    const how = { code: end.exitCode, signal: end.signal, stopped: outcome?.type === 'stopped' };
    throw handedOn ? await handedOn.explain(how) : explainEnd(result, how);
  } finally {
    messages.stop();
    handedOn?.close();
    signal.removeEventListener('abort', stop);
    // A batch job that we no longer wait for may begin later: it has to find the file.
    if (!handedOn) rmSync(join(result, stopFile), { force: true });
  }
}

function notStarted(
  command: string,
  end: { code?: string | undefined; shortMessage?: string | undefined },
  remedy = 'Correct launcher.python, or make the environment: npx eager-llm setup peft.',
): UserError {
  if (end.code === 'ENOENT') return noSuchProgram(command, remedy);
  return new UserError('peft/not-started', `the program cannot be started: ${end.code ?? end.shortMessage}`, {
    place: command,
    remedy,
  });
}
