import test from 'ava';
import { metricColumns } from '../../orchestrator/evaluation/format-figure.ts';
import { rankingMetricList } from '../../orchestrator/evaluation/metrics.ts';
import { meaningOfMetric, meaningsOf } from '../../page/src/parts/meanings.ts';

test('every metric of the evaluation is explained, and none of the user’s own is made up', (t) => {
  const names = rankingMetricList.map(({ name, atCutoffs }) => (atCutoffs ? `${name}@10` : name));
  for (const name of [...names, ...metricColumns([1, 5])]) t.truthy(meaningOfMetric(name), name);
  t.regex(meaningOfMetric('recall@1') ?? '', /in the first place of/);
  t.is(meaningOfMetric('surprise@10'), null);
});

test('each figure is explained once, under the name that it is shown by', (t) => {
  const names = meaningsOf(['items', 'ndcg@10', 'items', 'of my own']).map(([name]) => name);
  t.deepEqual(names, ['items', 'NDCG@10']);
});
