import type { RankingMetric } from '../evaluation/metrics.ts';

/**
 * Asks each metric for its value at the first and at the last rank of every cutoff, so that one that fails does so
 * before hours of training. Throws what it throws.
 */
export function tryMetrics(metrics: readonly RankingMetric[], cutoffs: readonly number[]): void {
  for (const { atCutoffs, worth } of metrics)
    for (const cutoff of atCutoffs ? cutoffs : [Infinity])
      for (const rank of [1, Math.min(cutoff, Math.max(...cutoffs))]) worth(rank, cutoff);
}
