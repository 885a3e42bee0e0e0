import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';

export interface WaitOptions {
  /** What is expected to bring it about; when this ends before, so does the waiting, and the error tells how. */
  during?: Promise<unknown>;
  /** Milliseconds between two looks; 0: at every turn of the event loop. */
  every?: number;
  /** Milliseconds after which it is given up. */
  patience?: number;
}

/** Waits for something to happen; an error instead of a test that hangs when it cannot happen any more. */
export async function waitUntil(
  happened: () => boolean | Promise<boolean>,
  { during, every = 10, patience = 240_000 }: WaitOptions = {},
): Promise<void> {
  let ended: string | null = null;
  const tell = (result: unknown) => {
    ended = `what was to bring it about has ended: ${inspect(result)}`;
  };
  during?.then(tell, tell);
  const end = performance.now() + patience;
  while (!(await happened())) {
    if (ended !== null) {
      if (await happened()) return;
      throw new Error(ended);
    }
    if (performance.now() > end) throw new Error(`it did not happen within ${patience / 1000} seconds`);
    await (every === 0 ? setImmediate() : sleep(every));
  }
}
