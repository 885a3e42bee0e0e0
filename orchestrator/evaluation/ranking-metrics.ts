import { UserError } from '../shared/errors.ts';
import { type RankingMetric, rankingMetricList } from './metrics.ts';

/** Figures by name: `recall@10`, `ndcg@10`, …, `mrr`. */
export type Metrics = Record<string, number>;

type List = readonly RankingMetric[];

/** `recall@k` and `ndcg@k` for each cutoff, then `mrr`. */
export function metricNames(cutoffs: readonly number[], metrics: List = rankingMetricList): string[] {
  return metrics.flatMap(({ name, atCutoffs }) => (atCutoffs ? cutoffs.map((k) => `${name}@${k}`) : [name]));
}

/**
 * The contribution of a case with this rank to each metric, in the order of `metricNames`. Rank 0 (not in the list)
 * adds nothing.
 */
export function rankContributions(
  rank: number,
  cutoffs: readonly number[],
  metrics: List = rankingMetricList,
): number[] {
  return metrics.flatMap(({ atCutoffs, worth }) =>
    (atCutoffs ? cutoffs : [Infinity]).map((k) => (rank > 0 && rank <= k ? worth(rank, k) : 0)),
  );
}

/**
 * Means over all cases. `ranks` is [cases], from 1; 0 means that the target is not in the list.
 * Throws a UserError when there is nothing to average.
 */
export function rankingMetrics(
  ranks: Int32Array,
  cutoffs: readonly number[],
  metrics: List = rankingMetricList,
): Metrics {
  checkRanking(ranks, cutoffs);
  const names = metricNames(cutoffs, metrics);
  const sums = new Float64Array(names.length);
  for (const [rank, count] of countRanks(ranks))
    for (const [at, value] of rankContributions(rank, cutoffs, metrics).entries()) sums[at] += count * value;
  return Object.fromEntries(names.map((name, at) => [name, sums[at] / ranks.length]));
}

/** How many cases have each rank, in the order of ranks, so that sums do not depend on the order of cases. */
export function countRanks(ranks: Int32Array): [rank: number, count: number][] {
  const counts = new Map<number, number>();
  for (const rank of ranks) counts.set(rank, (counts.get(rank) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => a - b);
}

export function checkRanking(ranks: Int32Array, cutoffs: readonly number[]): void {
  if (ranks.length === 0)
    throw new UserError('evaluation/no-cases', 'expected at least one user to evaluate, got none', {
      remedy: 'Check the dataset: users need three or more events for a leave-one-out split.',
    });
  if (cutoffs.length === 0 || cutoffs.some((k) => !Number.isInteger(k) || k < 1))
    throw new UserError(
      'evaluation/wrong-cutoffs',
      `cutoffs must be whole numbers from 1, got [${cutoffs.join(', ')}]`,
      { place: 'evaluation.cutoffs', remedy: 'Write for example `cutoffs: [1, 5, 10]`.' },
    );
  const wrong = ranks.find((rank) => rank < 0);
  if (wrong !== undefined) throw new RangeError(`a rank is 0 or counts from 1, got ${wrong}`);
}
