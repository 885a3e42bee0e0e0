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

test('parts of the training, several encoders together, and figures under a protocol are explained, too', (t) => {
  t.deepEqual(namesOf(['alignment loss', 'annealing best epoch', 'alignment best validation NDCG@10']), [
    ...['alignment', 'loss', 'annealing', 'best epoch', 'best validation'],
  ]);
  t.regex(meaningsOf(['sasrec x2'])[0][1], /^2 of sasrec, .*: a model without language/);
  t.deepEqual(namesOf(['recall@10, seen kept', 'legal beams']), ['recall@k', 'legal beams']);
  // A part of somebody's own has a name that says nothing here.
  t.deepEqual(namesOf(['my-part loss']), ['loss']);
});
