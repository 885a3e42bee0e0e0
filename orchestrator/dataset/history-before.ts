import type { Dataset } from './types.ts';

/** What came before the event `at` of the user whose events begin at `start`: the latest `historyLimit` items, oldest first (a view). */
export function historyBefore(
  { events, historyLimit }: Pick<Dataset, 'events' | 'historyLimit'>,
  start: number,
  at: number,
): Int32Array {
  return events.subarray(Math.max(start, at - historyLimit), at);
}
