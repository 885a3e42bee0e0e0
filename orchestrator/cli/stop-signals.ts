export interface StopSignals {
  /** Aborted at the first Ctrl-C (or SIGTERM, SIGHUP). */
  stop: AbortSignal;
  /** Aborted at the second. */
  kill: AbortSignal;
  /** Gives the signals back to Node. */
  release(): void;
}

/** npm passes a terminal's Ctrl-C on to a process that has had it already: that is one, not two. */
const echoMilliseconds = 700;

const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** First ask, then force. `onStop` is called at the first signal. */
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
  for (const name of names) process.on(name, heard);
  return {
    stop: stop.signal,
    kill: kill.signal,
    release: () => {
      for (const name of names) process.off(name, heard);
    },
  };
}
