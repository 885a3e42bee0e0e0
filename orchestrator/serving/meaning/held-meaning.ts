import type { Meaning } from './meaning.ts';

/** The meaning of a run, opened when it is first asked for, or earlier. */
export interface HeldMeaning {
  /** Waits for it; but gives null at once while it is still being opened in the background: words decide until then. */
  ask(): Promise<Meaning | null>;
  /** Opens it in the background; the promise ends when it is there, and never fails: `ask` does. */
  begin(): Promise<void>;
  close(): Promise<void>;
}

export function holdMeaning(open: (signal: AbortSignal) => Promise<Meaning | null>): HeldMeaning {
  const closing = new AbortController();
  let opened: Promise<Meaning | null> | undefined;
  let isAwaited = true;
  const start = () => {
    opened ??= open(closing.signal);
    return opened;
  };
  const settled = (work: Promise<unknown>) =>
    work.then(
      () => {},
      () => {},
    );
  return {
    ask: async () => (isAwaited ? start() : null),
    async begin() {
      // Whoever waits already goes on waiting.
      if (!opened) isAwaited = false;
      await settled(start());
      isAwaited = true;
    },
    async close() {
      closing.abort();
      const meaning = await opened?.catch(() => null);
      await meaning?.close();
    },
  };
}
