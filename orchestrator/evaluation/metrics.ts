/** A figure of a ranking: the mean over all cases of the value of the target's rank. */
export interface RankingMetric {
  name: string;
  /** How tables head its columns; none there without it. */
  title?: string;
  /** One figure for each cutoff, `NAME@k`, in which later places are worth nothing; else one over the whole list, `NAME`. */
  atCutoffs: boolean;
  /** The value of a target at this rank, from 1; a target that is not in the list counts 0. */
  worth(rank: number, cutoff: number): number;
  /** Where it needs no column: at a cutoff at which it equals another metric. */
  hiddenAt?: number;
}

/** With a single target, recall is 1 wherever it is found. */
const recall: RankingMetric = { name: 'recall', title: 'recall', atCutoffs: true, worth: () => 1 };

/** The ideal gain is 1. */
const ndcg: RankingMetric = {
  name: 'ndcg',
  title: 'NDCG',
  atCutoffs: true,
  worth: (rank) => 1 / Math.log2(rank + 1),
  hiddenAt: 1,
};

const mrr: RankingMetric = { name: 'mrr', atCutoffs: false, worth: (rank) => 1 / rank };

/** What methods, variants and seeds are compared by; first in displays. */
export const leadingMetric = recall;

/** What chooses the best epoch; second in displays. */
export const selectionMetric = ndcg;

/** The metrics of every evaluation, in the order of its figures. */
export const rankingMetricList: readonly RankingMetric[] = [recall, ndcg, mrr];

/** What tables show: nothing counts beyond the largest cutoff, so that few cases differ. */
export const titledMetrics = rankingMetricList.filter(({ title }) => title !== undefined);
