import { isDeepStrictEqual } from 'node:util';
import type { ExecutionContext } from 'ava';

/** How long a page may take to show what it should, in milliseconds: a loaded machine is slow. */
const patience = 60_000;

/** Reads the page again until it shows what is expected: it draws in its own time. */
export async function shows<T>(t: ExecutionContext, read: () => Promise<T>, expected: T): Promise<void> {
  const end = performance.now() + patience;
  let seen = await read();
  while (!isDeepStrictEqual(seen, expected) && performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    seen = await read();
  }
  t.deepEqual(seen, expected);
}
