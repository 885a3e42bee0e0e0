import { historyBefore } from '../../dataset/history-before.ts';
import { takesItemsAgain } from '../../dataset/repeats.ts';
import type { Dataset } from '../../dataset/types.ts';
import { createRandom, shuffle } from '../../shared/random.ts';
import { rankOfTarget } from '../../shared/rank-of-target.ts';
import { rowsAtOnce } from '../../shared/rows-at-once.ts';
import type { BehaviourEncoder } from './types.ts';

/** Questions whose answers choose the epoch: first validation targets of a seeded sample of users. */
export interface ValidationCases {
  histories: Int32Array[];
  targets: Int32Array;
  /** What takes no place in the ranking of each: all that the user had, where people do not take items again. */
  without: readonly Iterable<number>[];
}

export function validationCases(dataset: Dataset, atMost: number, seed: number): ValidationCases {
  const { trainEnd, validationEnd, offsets, events } = dataset;
  const users = dataset.userIds
    .map((_, user) => user)
    .filter((user) => validationEnd[user] > trainEnd[user] && trainEnd[user] > offsets[user]);
  const chosen = shuffle(users, createRandom(seed, 'behaviour', 'validation')).slice(0, atMost);
  const again = takesItemsAgain(dataset);
  return {
    histories: chosen.map((user) => historyBefore(dataset, offsets[user], trainEnd[user])),
    targets: Int32Array.from(chosen, (user) => events[trainEnd[user]]),
    without: chosen.map((user) => (again ? [] : events.subarray(offsets[user], trainEnd[user]))),
  };
}

/** Recall@10 and NDCG@10 over the full ranking. Throws a UserError for scores that are no numbers. */
export async function rankCases(
  score: BehaviourEncoder['score'],
  { histories, targets, without }: ValidationCases,
  items: number,
): Promise<{ recallAt10: number; ndcgAt10: number }> {
  let hits = 0;
  let gain = 0;
  const chunk = rowsAtOnce(items, 256);
  for (let start = 0; start < histories.length; start += chunk) {
    const some = histories.slice(start, start + chunk);
    const scores = await score(some);
    for (let at = 0; at < some.length; at++) {
      const row = scores.subarray(at * items, (at + 1) * items);
      const target = targets[start + at];
      const rank = rankOfTarget(row, target, without[start + at]);
      if (rank > 0 && rank <= 10) {
        hits++;
        gain += 1 / Math.log2(rank + 1);
      }
    }
  }
  const count = Math.max(1, histories.length);
  return { recallAt10: hits / count, ndcgAt10: gain / count };
}
