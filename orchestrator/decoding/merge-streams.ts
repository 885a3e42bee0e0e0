import { addLogs } from './add-logs.ts';
import type { Recommendation } from './beam-search.ts';

/**
 * Merges the lists of several streams of codes into one list of items, best first, at most `k`: an item's score is the
 * log of the sum of its probabilities in all streams. An item that a stream's beams did not find has probability 0
 * there. Equal scores are ordered by item. `digitsOf` gives an item's whole code.
 */
export function mergeStreams(
  lists: readonly (readonly Recommendation[])[],
  k: number,
  digitsOf: (item: number) => number[],
): Recommendation[] {
  const scores = new Map<number, number>();
  for (const list of lists)
    for (const { items, score } of list)
      for (const item of items) {
        const before = scores.get(item);
        scores.set(item, before === undefined ? score : addLogs(before, score));
      }
  return [...scores]
    .sort(([itemA, a], [itemB, b]) => b - a || itemA - itemB)
    .slice(0, k)
    .map(([item, score]) => ({ items: [item], score, digits: digitsOf(item) }));
}
