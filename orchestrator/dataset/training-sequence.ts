import type { Dataset } from './types.ts';

/** A user's training items, oldest first and uncut: a view into `events`. */
export function trainingSequence({ events, offsets, trainEnd }: Dataset, user: number): Int32Array {
  return events.subarray(offsets[user], trainEnd[user]);
}
