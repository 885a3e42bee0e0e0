import { type Random, shuffle } from '../../shared/random.ts';

/** How many batches are sorted together: enough for like lengths, few enough that every epoch mixes anew. */
const pool = 24;

/**
 * One epoch's batches over examples of the given lengths: drawn at random, then sorted by length within pools,
 * so that little of a batch is padding. Every example occurs once.
 */
export function planBatches(lengths: ArrayLike<number>, batchSize: number, random: Random): Int32Array[] {
  const order = shuffle(
    Int32Array.from({ length: lengths.length }, (_, at) => at),
    random,
  );
  const batches: Int32Array[] = [];
  for (let start = 0; start < order.length; start += pool * batchSize) {
    const together = order.subarray(start, start + pool * batchSize);
    together.sort((a, b) => lengths[a] - lengths[b]);
    for (let from = 0; from < together.length; from += batchSize)
      batches.push(together.subarray(from, from + batchSize));
  }
  return shuffle(batches, random);
}
