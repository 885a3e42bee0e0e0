/**
 * Indices of sequences, in batches of similar lengths: a batch of n, padded to its longest, holds at most `maxTokens`
 * tokens, where each sequence counts at least `minLength`. One that is longer than that goes alone.
 */
export function batchesByLength(
  lengths: ArrayLike<number>,
  maxTokens: number,
  minLength: number,
): Int32Array[] {
  const order = Int32Array.from({ length: lengths.length }, (_, index) => index);
  // The longest come first: what needs the most memory fails at the start or never.
  order.sort((a, b) => lengths[b] - lengths[a] || a - b);
  const batches: Int32Array[] = [];
  for (let start = 0; start < order.length; ) {
    const size = Math.max(1, Math.floor(maxTokens / Math.max(lengths[order[start]], minLength)));
    batches.push(order.subarray(start, start + size));
    start += size;
  }
  return batches;
}
