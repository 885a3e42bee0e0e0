import { type Candidates, isCandidate } from './candidates.ts';
import { logOfSum } from './log-of-sum.ts';
import { scoreHistories } from './score-histories.ts';
import { createTopList, offer } from './top-list.ts';

/** One cold item, in the form of a code that the beams have found. */
export interface RankedCold {
  items: [number];
  /** Log of the probability that an encoder of behaviour gives it among all items. */
  score: number;
  cold: true;
}

/** For each history the best of the cold items that are among its candidates (null: all of them), best first. */
export type RankCold = (
  histories: readonly Int32Array[],
  candidates?: readonly (Candidates | null)[],
) => Promise<RankedCold[][]>;

export interface RankColdOptions {
  /** Scores of all items behind each history, [histories x items], whose softmax is a probability. */
  score(histories: readonly Int32Array[]): Promise<Float32Array>;
  cold: ReadonlySet<number>;
  items: number;
  /** The longest list. */
  width: number;
}

/**
 * Ranks items without their codes, which nobody has taken yet and a model so hardly writes: by what an encoder expects
 * after the history, as in LIGER (Yang et al. 2024). Equal scores are ordered by item. A history that is given several
 * times (the same array) is scored once.
 */
export function createColdRanking({ score, cold, items, width }: RankColdOptions): RankCold {
  return (histories, candidates) =>
    scoreHistories(histories, { score, items }, (scores, at) => best(scores, candidates?.[at] ?? {}));

  function best(scores: Float32Array, candidates: Candidates): RankedCold[] {
    const list = createTopList(Math.min(width, cold.size));
    for (const item of cold) if (isCandidate(candidates, item)) offer(list, scores[item], item, 0);
    const total = logOfSum(scores);
    return Array.from(list.nodes.subarray(0, list.size), (item, place) => ({
      items: [item],
      score: list.scores[place] - total,
      cold: true,
    }));
  }
}
