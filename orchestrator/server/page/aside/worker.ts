import { parentPort } from 'node:worker_threads';
import { packError } from '../../../process/sent-error.ts';
import type { TaskMessage, TaskReply } from './open-aside.ts';
import { tasks } from './tasks.ts';

/** Entry point of the worker thread: one task after the other. */
parentPort?.on('message', async ({ task, given }: TaskMessage) => {
  let reply: TaskReply;
  try {
    const work = tasks[task] as (...given: unknown[]) => unknown;
    reply = { value: await work(...given) };
  } catch (error) {
    reply = { error: packError(error) };
  }
  parentPort?.postMessage(reply);
});
