import { Worker } from 'node:worker_threads';
import type { SentError } from '../../../process/protocol.ts';
import { unpackError } from '../../../process/sent-error.ts';
import { busyCode } from '../../../serving/index.ts';
import { UserError } from '../../../shared/errors.ts';
import type { Tasks } from './tasks.ts';

/** A worker thread that does one task after the other, while the server keeps answering. */
export interface Aside {
  /** Throws the task's own UserError; another where the task takes too long or too much, or too many wait. */
  ask<K extends keyof Tasks>(task: K, ...given: Parameters<Tasks[K]>): Promise<Awaited<ReturnType<Tasks[K]>>>;
  close(): Promise<void>;
}

export interface AsideOptions {
  /** How long a task may take. */
  seconds: number;
  /** Tasks that may wait. */
  waiting: number;
  /** Memory for the objects of the thread. */
  megabytes: number;
}

export interface TaskMessage {
  task: keyof Tasks;
  given: unknown[];
}

export type TaskReply = { value: unknown } | { error: SentError };

interface Job extends TaskMessage {
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** The thread starts with the first task, and again after a task that had to be aborted. */
export function openAside({ seconds, waiting, megabytes }: AsideOptions): Aside {
  const queue: Job[] = [];
  let current: { job: Job; timer: NodeJS.Timeout } | null = null;
  let worker: Worker | null = null;

  const settle = (end: (job: Job) => void) => {
    const ended = current;
    current = null;
    if (!ended) return;
    clearTimeout(ended.timer);
    end(ended.job);
    next();
  };
  const breakOff = (error: Error) => {
    void worker?.terminate();
    worker = null;
    settle(({ reject }) => reject(error));
  };
  const next = () => {
    if (current || queue.length === 0) return;
    const job = queue.shift() as Job;
    current = { job, timer: setTimeout(() => breakOff(tooMuch(`over ${seconds} seconds`)), 1000 * seconds) };
    worker ??= start();
    worker.postMessage({ task: job.task, given: job.given } satisfies TaskMessage);
  };
  const start = () => {
    const started = startWorker(megabytes);
    started.on('message', (reply: TaskReply) =>
      settle(({ task, resolve, reject }) =>
        'error' in reply ? reject(unpackError(reply.error, task)) : resolve(reply.value),
      ),
    );
    started.on('error', (error: NodeJS.ErrnoException) => {
      if (worker !== started) return;
      const isFull = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      breakOff(isFull ? tooMuch(`over ${megabytes} MB of memory`) : error);
    });
    return started;
  };

  return {
    ask: (task, ...given) =>
      new Promise((resolve, reject) => {
        if (queue.length >= waiting)
          return reject(
            new UserError(busyCode, `${waiting} such requests are already waiting`, {
              remedy: 'Ask again in a second.',
            }),
          );
        queue.push({ task, given, resolve: resolve as Job['resolve'], reject });
        next();
      }),
    close: async () => {
      for (const { reject } of queue.splice(0)) reject(closing());
      settle(({ reject }) => reject(closing()));
      await worker?.terminate();
      worker = null;
    },
  };
}

function startWorker(megabytes: number): Worker {
  const resourceLimits = { maxOldGenerationSizeMb: megabytes };
  const worker = import.meta.url.endsWith('.ts')
    ? new Worker(doorFromSource(), { eval: true, resourceLimits })
    : new Worker(new URL('./worker.js', import.meta.url), { resourceLimits });
  // It does not keep the process alive: a request that waits for a task does.
  worker.unref();
  return worker;
}

/** Uncompiled: the loader of TypeScript is not there in a new thread of Node 20. */
function doorFromSource(): string {
  const [loader, door] = [import.meta.resolve('tsx/esm/api'), new URL('./worker.ts', import.meta.url).href];
  return `import('${loader}').then(({ register }) => { register(); return import('${door}'); })`;
}

function tooMuch(what: string): UserError {
  return new UserError('server/too-much', `this would take ${what}`, {
    remedy: 'Ask for less, or in a terminal: eager-llm --help.',
  });
}

function closing(): UserError {
  return new UserError(busyCode, 'the server is closing', { remedy: 'Ask again when it is back.' });
}
