import { type FitOptions, fitRanker, type RankingExample } from './fit-ranker.ts';
import { type Ranker, rankerScores } from './ranker.ts';

/** What was known of one case: its candidates, and which of them came; -1 where none did. */
export interface RankedCase {
  /** Cases of one user are learned from together, or not at all. */
  user: number;
  /** [candidates x features] */
  features: Float32Array;
  right: number;
}

export interface CrossFit {
  /**
   * [cases] place of the right item among its candidates by a ranker that was learned without the case, from 1 on; 0
   * where it is no candidate.
   */
  ranks: Int32Array;
  /** The ranker that was learned without a case. */
  rankerOf(at: number): Ranker;
}

const folds = 3;

/** Users fall into folds by their number, so that nothing is drawn. */
export async function crossFit(cases: readonly RankedCase[], options: FitOptions): Promise<CrossFit> {
  const rankers: Ranker[] = [];
  for (let fold = 0; fold < folds; fold++)
    rankers.push(await fitRanker(learnable(cases.filter(({ user }) => user % folds !== fold)), options));
  const rankerOf = (at: number) => rankers[cases[at].user % folds];
  return { ranks: Int32Array.from(cases, (each, at) => placeOfRight(each, rankerOf(at))), rankerOf };
}

/** Cases whose item was among the candidates: from the others there is nothing to learn. */
export function learnable(cases: readonly RankedCase[]): RankingExample[] {
  return cases.filter(({ right }) => right >= 0);
}

function placeOfRight({ features, right }: RankedCase, ranker: Ranker): number {
  if (right < 0) return 0;
  const scores = rankerScores(ranker, features);
  const isBefore = (score: number, at: number) =>
    score > scores[right] || (score === scores[right] && at < right);
  return 1 + scores.filter(isBefore).length;
}
