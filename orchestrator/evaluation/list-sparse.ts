import { type Candidates, isCandidate } from '../decoding/candidates.ts';
import type { RankedCode } from './evaluate-lists.ts';
import { firstOf, orderItems, type SparseScorer } from './evaluate-sparse.ts';

/** What all that nothing is said of weighs together, beside a score of 1. */
const fallbackWeight = 1e-9;

/**
 * The lists of a sparse recommender in the form of those of a model: each item a code of its own, with the log of its share
 * of all scores. What a person has is what the history holds. `items`: of the whole catalogue.
 */
export function createSparseLists(
  { score, fallback }: SparseScorer,
  { items, width }: { items: number; width: number },
): (
  histories: readonly Int32Array[],
  candidates?: readonly (Candidates | null)[],
) => Promise<RankedCode[][]> {
  const ordered = orderItems(items, fallback);
  const { scores } = ordered;
  let others = items;
  for (let item = 0; item < items; item++) others += fallback[item];
  const listOf = (history: Int32Array, candidates: Candidates): RankedCode[] => {
    const scored: number[] = [];
    let sum = fallbackWeight;
    score({ history, seen: history }, (item, value) => {
      if (scores[item] === 0) scored.push(item);
      scores[item] += value;
      sum += value;
    });
    let last = 0;
    const list = firstOf(scored, width, ordered, (item) => isCandidate(candidates, item)).map((item) => {
      const share = (scores[item] + (fallbackWeight * (fallback[item] + 1)) / others) / sum;
      last = Math.min(last, Math.log(share));
      return { items: [item], score: last };
    });
    for (const item of scored) scores[item] = 0;
    return list;
  };
  return async (histories, candidates) =>
    histories.map((history, at) => listOf(history, candidates?.[at] ?? {}));
}
