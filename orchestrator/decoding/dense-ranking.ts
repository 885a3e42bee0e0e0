import type { DenseScorer } from '../models/liger/dense-scorer.ts';
import type { Recommendation } from './beam-search.ts';
import { type Candidates, isCandidate } from './candidates.ts';
import { batchesByLength } from './length-batches.ts';
import { scoreHistories } from './score-histories.ts';

export interface DenseRankingOptions {
  /** Codes that the beams find, with their items. */
  find(
    prompts: readonly Int32Array[],
    candidates?: readonly (Candidates | null)[],
  ): Promise<readonly { items: ArrayLike<number> }[][]>;
  scorer: DenseScorer;
  /** Items that nobody took in the training log. */
  cold: ReadonlySet<number>;
  digitsOf(item: number): number[];
  /** The longest list. */
  width: number;
  /** Tokens of one pass, padding included. */
  maxBatchTokens?: number | undefined;
}

/**
 * LIGER's search: the items that the beams find and all cold ones, which beams hardly find, ranked together by the vectors
 * of their texts, best first; equal scores by item. A prompt that is given several times (the same array) is scored once.
 */
export function createDenseRanking({
  find,
  scorer,
  cold,
  digitsOf,
  width,
  maxBatchTokens = 8192,
}: DenseRankingOptions) {
  const { items } = scorer;
  /** [prompts * items], in passes of bounded size. */
  const score = async (prompts: readonly Int32Array[]) => {
    const scores = new Float32Array(prompts.length * items);
    const lengths = prompts.map(({ length }) => length);
    for (const batch of batchesByLength(lengths, maxBatchTokens, 1)) {
      const own = await scorer.score(Array.from(batch, (place) => prompts[place]));
      for (const [at, place] of batch.entries())
        scores.set(own.subarray(at * items, (at + 1) * items), place * items);
    }
    return scores;
  };
  return async (
    prompts: readonly Int32Array[],
    candidates?: readonly (Candidates | null)[],
  ): Promise<Recommendation[][]> => {
    const found = await find(prompts, candidates);
    return scoreHistories(prompts, { score, items }, (scores, at) => {
      const own = candidates?.[at] ?? {};
      const ranked = new Set(found[at].flatMap((code) => Array.from(code.items)));
      for (const item of cold) if (isCandidate(own, item)) ranked.add(item);
      return [...ranked]
        .sort((a, b) => scores[b] - scores[a] || a - b)
        .slice(0, width)
        .map((item) => ({ items: [item], score: scores[item], digits: digitsOf(item) }));
    });
  };
}
