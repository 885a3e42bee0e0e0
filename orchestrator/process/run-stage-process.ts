import { execa } from 'execa';
import { UserError } from '../shared/errors.ts';
import type { Figures, Reporter } from '../shared/reporter.ts';
import { systemErrorOf } from '../shared/system-error.ts';
import { doorCommand } from './door.ts';
import { StageCrash, StageStopped } from './outcomes.ts';
import type { ChildMessage, ParentMessage } from './protocol.ts';
import { unpackError } from './sent-error.ts';

export interface StageProcessOptions {
  /** URL of a module that exports `stages`. */
  module: string;
  stage: string;
  recipe: unknown;
  folder: string;
  inputFolders: Record<string, string>;
  /** Processor threads it may use; all cores by default. */
  threads?: number | undefined;
  /** Where the child writes which process it is; see orphan.ts. */
  workerFile: string;
  report: Reporter;
  /** Aborted: the stage is asked to stop, and has `graceSeconds` for it. */
  stop?: AbortSignal | undefined;
  /** Aborted: the process is killed. */
  kill?: AbortSignal | undefined;
  graceSeconds?: number | undefined;
}

export interface StageProcessResult {
  figures: Figures;
  peak_memory_bytes: number;
}

/**
 * Runs one stage in a process of its own. Throws the stage's own UserError, StageStopped when it was stopped,
 * StageCrash for a bug in it, and a UserError when the system killed it.
 */
export async function runStageProcess(options: StageProcessOptions): Promise<StageProcessResult> {
  const { stage, report, stop, kill, graceSeconds = 60 } = options;
  if (stop?.aborted || kill?.aborted) throw new StageStopped(stage);
  const [node, ...args] = doorCommand(import.meta.url, 'worker');
  const child = execa(node, [...args, options.workerFile], {
    ipc: true,
    stdin: 'ignore',
    buffer: false,
    reject: false,
  });
  const tell = (message: ParentMessage) => {
    if (child.connected) child.send(message, () => {});
  };
  const force = () => child.kill('SIGKILL');
  let grace: NodeJS.Timeout | undefined;
  const ask = () => {
    tell({ type: 'stop' });
    clearTimeout(grace);
    grace = setTimeout(force, graceSeconds * 1000);
  };

  let outcome: Extract<ChildMessage, { type: 'finished' | 'failed' | 'stopped' }> | undefined;
  /** What went wrong here while the child worked: its events could not be kept. */
  let ownFailure: unknown;
  child.on('message', (message) => {
    const said = message as unknown as ChildMessage;
    if (said.type === 'ready') {
      const { module, recipe, folder, inputFolders, threads } = options;
      tell({ type: 'run', module, stage, recipe, folder, inputFolders, threads });
    } else if (said.type === 'finished' || said.type === 'failed' || said.type === 'stopped') outcome = said;
    else if (ownFailure === undefined)
      try {
        report(said);
      } catch (error) {
        ownFailure = error;
        ask();
      }
  });
  // Libraries write to both; it is kept for crash reports, and results of the command stay clean.
  const tail = keepTail(child.stderr, child.stdout);

  stop?.addEventListener('abort', ask, { once: true });
  kill?.addEventListener('abort', force, { once: true });
  try {
    const end = await child;
    if (ownFailure !== undefined) throw ownFailure;
    if (outcome?.type === 'finished') return outcome;
    if (outcome?.type === 'failed') throw unpackError(outcome.error, stage);
    if (outcome?.type === 'stopped' || stop?.aborted || kill?.aborted) throw new StageStopped(stage);
    throw explainEnd(stage, end.signal, end.exitCode, tail());
  } finally {
    clearTimeout(grace);
    stop?.removeEventListener('abort', ask);
    kill?.removeEventListener('abort', force);
  }
}

function keepTail(...streams: NodeJS.ReadableStream[]): () => string {
  let tail = '';
  for (const stream of streams)
    stream.on('data', (chunk) => {
      tail = (tail + String(chunk)).slice(-8000);
    });
  return () => tail.trim();
}

function explainEnd(
  stage: string,
  signal: string | undefined,
  code: number | undefined,
  tail: string,
): Error {
  const said = tail ? `\nIts last words:\n${tail}` : '';
  if (/heap out of memory|bad_alloc|Failed to allocate memory/i.test(tail))
    return new UserError('process/out-of-memory', `the stage ran out of memory${said}`, {
      place: stage,
      remedy:
        'Set gradient_checkpointing to true in training.stages, lower micro_batch_tokens, prompts.max_length or the sizes of the model (or raise the limit of Node: NODE_OPTIONS=--max-old-space-size=8192), and run the same command again to resume.',
    });
  if (signal === 'SIGKILL' || code === 137)
    return new UserError('process/killed', `the system killed the stage's process (SIGKILL)${said}`, {
      place: stage,
      remedy:
        'Most likely the machine ran out of memory: close other programs, set gradient_checkpointing to true in training.stages, or lower micro_batch_tokens or the sizes of the model. Run the same command again to resume.',
    });
  if (signal === 'SIGTERM' || signal === 'SIGHUP') return new StageStopped(stage);
  const refused = tail ? systemErrorOf(new Error(tail), stage) : null;
  if (refused) return refused;
  const how = signal ? `its process ended by ${signal}` : `its process ended with code ${code} and no result`;
  return new StageCrash(stage, `${how}${said}`);
}
