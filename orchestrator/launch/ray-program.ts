import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import type { SentError } from '../process/protocol.ts';
import { unpackError } from '../process/sent-error.ts';
import { UserError } from '../shared/errors.ts';
import { tailOf } from './explain-end.ts';
import { endGroup } from './launchers/end-group.ts';
import { workerVariables } from './launchers/worker-command.ts';
import { findPython } from './python-environment.ts';
import { rayEnvironment, raySource } from './python-environments.ts';

const secondsToEnd = 20;

/** What the program says on the way. */
export type RayMessage =
  | { type: 'workers'; workers: number; cpus: number; machines: number }
  | { type: 'note'; text: string }
  | { type: 'block'; number: number; rows: string };

type LastMessage = { type: 'finished' } | { type: 'failed'; error: SentError };

/** Our Python with Ray. Throws a UserError where it is not installed. */
export function findRay(): string {
  return findPython(null, rayEnvironment);
}

export interface RayProgramOptions {
  /** From `findRay`. */
  python: string;
  /** File for what Ray prints. */
  log: string;
  onMessage(message: RayMessage): void;
  /** Aborted: it ends, with a cluster of its own. */
  signal?: AbortSignal | undefined;
}

/**
 * Runs a program of ours on Ray until it has finished. Throws what `onMessage` throws, `signal.reason`, or a UserError:
 * what the program reports, or its last words. The program ends with this process.
 */
export async function runRayProgram(
  args: string[],
  { python, log, onMessage, signal }: RayProgramOptions,
): Promise<void> {
  signal?.throwIfAborted();
  const child = execa(python, ['-m', 'eager_llm_ray', ...args], {
    env: workerVariables(raySource),
    stdin: 'pipe',
    buffer: false,
    reject: false,
    // A group of its own: Ctrl-C reaches it through us alone, and a local cluster can be ended as a whole.
    detached: true,
  });
  // A log that cannot be written stops nothing.
  const logged = finished(child.stderr.pipe(createWriteStream(log))).catch(() => {});
  const end = () => child.stdin.end();
  signal?.addEventListener('abort', end, { once: true });
  let last: LastMessage | undefined;
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const message = JSON.parse(line) as RayMessage | LastMessage;
      if (message.type === 'finished' || message.type === 'failed') last = message;
      else if (!signal?.aborted) onMessage(message);
    }
  } finally {
    signal?.removeEventListener('abort', end);
    end();
    const late = sleep(secondsToEnd * 1000, undefined, { ref: false });
    await Promise.race([Promise.all([child, logged]), late]);
    // Ray's own processes may outlive a killed one.
    endGroup(child, 'SIGKILL');
  }
  signal?.throwIfAborted();
  if (last?.type === 'finished') return;
  if (last?.type === 'failed') throw unpackError(last.error, 'Ray');
  const { exitCode, signal: ended } = await child;
  const words = tailOf(log);
  throw new UserError(
    'ray/ended',
    `the program on Ray ended with ${ended ?? `code ${exitCode}`}${words ? `\nIts last words:\n${words}` : ''}`,
    { place: log, remedy: 'Fix what it reports; the same command goes on behind what is finished.' },
  );
}

/** Versions, as our package finds them. Throws a UserError where this Python cannot import Ray. */
export async function describeRay(python: string): Promise<{ python: string; ray: string }> {
  const env = workerVariables(raySource);
  const args = ['-m', 'eager_llm_ray', 'environment'];
  const { stdout, stderr, failed, shortMessage } = await execa(python, args, { env, reject: false });
  if (!failed) return JSON.parse(stdout);
  const words = stderr.trim().split('\n').at(-1) || shortMessage;
  throw new UserError('ray/broken-environment', `this Python cannot run Ray: ${words}`, {
    place: python,
    remedy: 'Rebuild the environment: npx eager-llm setup ray --anew.',
  });
}
