import test from 'ava';
import { metricColumns } from '../../orchestrator/evaluation/format-figure.ts';
import { rankingMetricList } from '../../orchestrator/evaluation/metrics.ts';
import { evaluationSettings } from '../../orchestrator/evaluation/settings.ts';
import { meaningsOf } from '../../page/src/parts/meanings.ts';

const namesOf = (names: string[]) => meaningsOf(names).map(([name]) => name);

test('every metric and every baseline of the evaluation is explained, one of the user’s own is not', (t) => {
  for (const { name } of rankingMetricList) t.is(namesOf([name]).length, 1, name);
  const { baselines } = evaluationSettings.parse({});
  for (const name of baselines.filter((each) => each !== 'behaviour')) t.deepEqual(namesOf([name]), [name]);
  t.deepEqual(namesOf(['surprise@10']), []);
});

test('each is explained once, under the name that it is shown by', (t) => {
  t.deepEqual(namesOf(['items', ...metricColumns([1, 5, 10]), 'items']), ['items', 'recall@k', 'NDCG@k']);
});
