import test from 'ava';
import { buildResult } from '../../orchestrator/evaluation/build-result.ts';
import { metricColumns } from '../../orchestrator/evaluation/format-figure.ts';
import { type RankingMetric, rankingMetricList } from '../../orchestrator/evaluation/metrics.ts';
import { rankingMetrics } from '../../orchestrator/evaluation/ranking-metrics.ts';
import { evaluationResultSchema } from '../../orchestrator/evaluation/result.ts';

/** Metrics of nobody's: the share of a list of k that is the target, and whether a target is in the list at all. */
const precision: RankingMetric = {
  name: 'precision',
  title: 'precision',
  atCutoffs: true,
  worth: (_rank, cutoff) => 1 / cutoff,
};
const found: RankingMetric = { name: 'found', atCutoffs: false, worth: () => 1 };
const metrics = [...rankingMetricList, precision, found];
const ranks = Int32Array.of(1, 3, 7, 0);

test('metrics from outside are means over all cases, beside the others as they are', (t) => {
  const {
    'precision@1': one,
    'precision@5': five,
    found: anywhere,
    ...others
  } = rankingMetrics(ranks, [1, 5], metrics);
  t.is(one, 1 / 4);
  t.is(five, 2 / 5 / 4);
  t.is(anywhere, 3 / 4);
  t.deepEqual(others, rankingMetrics(ranks, [1, 5]));
});

test('they have intervals and differences in the record, which is whole with and without them', async (t) => {
  const coverage = { coverage: 0.5, coverageCutoff: 10 };
  const methods = ['a', 'b'].map((name, at) => ({
    name,
    ranked: { kept: ranks.map((rank) => rank + at), removed: ranks, ...coverage },
  }));
  const options = {
    split: 'test' as const,
    cutoffs: [1, 5],
    bootstrap_samples: 50,
    seed: 1,
    users: Int32Array.of(0, 1, 2, 3),
    usersInSplit: 4,
    seenTargets: 0,
    listsSeen: true,
    items: 12,
    historyLimit: 20,
    num_beams: null,
  };
  const result = await buildResult(methods, { ...options, metrics });
  const { low, value, high } = result.methods[0].metrics.found;
  t.true(low! < value && value < high!);
  t.is(result.differences[0].metrics['precision@1'].value, 0);
  t.true('found' in result.differences[0].removed!);
  t.deepEqual(evaluationResultSchema.parse(result), result);
  const older = await buildResult(methods, options);
  t.deepEqual(evaluationResultSchema.parse(older), older);
});

test('a metric with a title has columns in the tables', (t) => {
  const known = metricColumns([1, 5]);
  t.deepEqual(known, ['recall@1', 'recall@5', 'ndcg@5']);
  t.deepEqual(metricColumns([1, 5], metrics), [...known, 'precision@1', 'precision@5']);
});
