/**
 * The door of a stage's process. It says `ready`, is told what to run, reports, and ends.
 * Started by run-stage-process.ts alone; its argument is the file that says which process works here.
 */
import { UserError } from '../shared/errors.ts';
import { limitThreads } from '../shared/threads.ts';
import { holdFile } from '../storage/file-lock.ts';
import { peakMemory } from './peak-memory.ts';
import type { ChildMessage, ParentMessage, RunnableStage } from './protocol.ts';
import { packError } from './sent-error.ts';
import { storableFigures, throttled } from './throttled-report.ts';

const stopping = new AbortController();

// A terminal's Ctrl-C, and its end, go to the whole group; the parent decides what they mean and sends `stop`.
process.on('SIGINT', () => {});
process.on('SIGHUP', () => {});
process.on('SIGTERM', () => stopping.abort());
process.on('disconnect', () => process.exit(1));
process.on('message', (message: ParentMessage) => {
  if (message.type === 'stop') stopping.abort();
  else void work(message);
});
void begin();

/** The file is held before anything runs: if the parent dies now, the next one finds us by it and waits for our end. */
async function begin(): Promise<void> {
  try {
    const file = process.argv[2];
    if (!holdFile(file))
      throw new UserError('process/orphan', 'an earlier process is still working on this run', {
        place: file,
        remedy: 'Wait for it to end, then run the same command again.',
      });
    await send({ type: 'ready' });
  } catch (error) {
    await end({ type: 'failed', error: packError(error) });
  }
}

async function work(order: Extract<ParentMessage, { type: 'run' }>): Promise<void> {
  await end(await outcomeOf(order));
}

async function end(outcome: ChildMessage): Promise<void> {
  await send(outcome);
  // Native libraries may hold the event loop open; all that counts is written.
  process.exit(0);
}

async function outcomeOf(order: Extract<ParentMessage, { type: 'run' }>): Promise<ChildMessage> {
  try {
    limitThreads(order.threads);
    const { stages } = (await import(order.module)) as { stages: RunnableStage[] };
    const stage = stages.find(({ name }) => name === order.stage);
    if (!stage) throw new Error(`${order.module} has no stage "${order.stage}"`);
    stopping.signal.throwIfAborted();
    const figures = await stage.run({
      recipe: order.recipe,
      folder: order.folder,
      inputFolder: (name: string) => {
        const folder = order.inputFolders[name];
        if (!folder) throw new Error(`the stage ${order.stage} does not list "${name}" among its inputs`);
        return folder;
      },
      report: throttled((message) => void send(message)),
      signal: stopping.signal,
    });
    return { type: 'finished', figures: storableFigures(figures), peak_memory_bytes: peakMemory() };
  } catch (error) {
    const isAbort =
      error === stopping.signal.reason || (error instanceof Error && error.name === 'AbortError');
    return stopping.signal.aborted && isAbort
      ? { type: 'stopped' }
      : { type: 'failed', error: packError(error) };
  }
}

/** Resolves when the message has left; a parent that is gone ends us through `disconnect`. */
function send(message: ChildMessage): Promise<void> {
  return new Promise((done) => {
    if (!process.connected || !process.send) done();
    else process.send(message, () => done());
  });
}
