import { setImmediate } from 'node:timers/promises';

/**
 * For long loops: `await breathe()` lets the event loop run when 50 ms have passed since it last did, so that
 * progress, heartbeats and Ctrl-C get through; throws the signal's reason once it is aborted.
 */
export function createBreathe(signal?: AbortSignal): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < 50) return;
    await setImmediate();
    signal?.throwIfAborted();
    last = performance.now();
  };
}
