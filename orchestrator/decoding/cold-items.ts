/**
 * Items with fewer than `below` training events, by their counts. None where that would be all of them: then there is
 * nothing to tell from what they are like.
 */
export function coldItemsOf(counts: ArrayLike<number>, below: number): ReadonlySet<number> {
  const cold = new Set<number>();
  for (let item = 0; item < counts.length; item++) if (counts[item] < below) cold.add(item);
  return cold.size < counts.length ? cold : new Set();
}
