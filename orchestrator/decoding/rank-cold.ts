import { createBreathe } from '../shared/breathe.ts';
import { type Candidates, isCandidate } from './candidates.ts';
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

/** Scores that are held at once, at most. */
const mostScores = 2 ** 24;

/**
 * Ranks items without their codes, which nobody has taken yet and a model so hardly writes: by what an encoder expects
 * after the history, as in LIGER (Yang et al. 2024). Equal scores are ordered by item. A history that is given several
 * times (the same array) is scored once.
 */
export function createColdRanking({ score, cold, items, width }: RankColdOptions): RankCold {
  const atOnce = Math.max(1, Math.floor(mostScores / items));
  return async (histories, candidates) => {
    const distinct = [...new Set(histories)];
    const lists = new Array<RankedCold[]>(histories.length);
    const breathe = createBreathe();
    for (let start = 0; start < distinct.length; start += atOnce) {
      const own = distinct.slice(start, start + atOnce);
      const scores = await score(own);
      const rowOf = new Map(own.map((history, row) => [history, row]));
      for (const [at, history] of histories.entries()) {
        const row = rowOf.get(history);
        if (row === undefined) continue;
        lists[at] = best(scores.subarray(row * items, (row + 1) * items), candidates?.[at] ?? {});
        await breathe();
      }
    }
    return lists;
  };

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

function logOfSum(scores: Float32Array): number {
  let highest = -Infinity;
  for (const score of scores) if (score > highest) highest = score;
  let sum = 0;
  for (const score of scores) sum += Math.exp(score - highest);
  return highest + Math.log(sum);
}
