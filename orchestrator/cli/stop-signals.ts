export interface StopSignals {
  /** Aborted at the first Ctrl-C (or SIGTERM, SIGHUP, or when the npm process that started us ended). */
  stop: AbortSignal;
  /** Aborted at the second. */
  kill: AbortSignal;
  /** Gives the signals back to Node. */
  release(): void;
}

/** npm forwards a terminal's Ctrl-C to a process that already received it: that counts as one, not two. */
const echoMilliseconds = 700;
const parentCheckMilliseconds = 500;
const parent = process.ppid;

const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The first signal asks to stop, the second one forces it. `onStop` is called at the first. */
export function listenForStop(onStop: () => void): StopSignals {
  const stop = new AbortController();
  const kill = new AbortController();
  let last = Number.NEGATIVE_INFINITY;
  const heard = () => {
    const now = performance.now();
    if (now - last < echoMilliseconds) return;
    last = now;
    if (stop.signal.aborted) {
      kill.abort();
    } else {
      onStop();
      stop.abort();
    }
  };
  const stopOnce = () => {
    if (!stop.signal.aborted) heard();
  };
  for (const name of names) process.on(name, heard);
  const watch = watchNpm(stopOnce);
  return {
    stop: stop.signal,
    kill: kill.signal,
    release: () => {
      for (const name of names) process.off(name, heard);
      clearInterval(watch);
    },
  };
}

/** npm and npx pass a SIGTERM on to the shell between us, which ends without telling us: we notice that it is gone. */
function watchNpm(onGone: () => void): NodeJS.Timeout | undefined {
  if (!process.env.npm_execpath && !process.env.npm_command) return undefined;
  return setInterval(() => {
    if (process.ppid !== parent) onGone();
  }, parentCheckMilliseconds).unref();
}
