/** A figure of a ranking: the mean over all cases of what the place of the target is worth. */
export interface RankingMetric {
  name: string;
  /** How tables head its columns; none there without it. */
  title?: string;
  /** One figure for each cutoff, `NAME@k`, in which later places are worth nothing; else one over the whole list, `NAME`. */
  atCutoffs: boolean;
  /** What a target in this place, from 1, is worth; one that is not in the list is worth nothing. */
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

/** The metrics of every evaluation, in the order of its figures. */
export const rankingMetricList: readonly RankingMetric[] = [recall, ndcg, mrr];
