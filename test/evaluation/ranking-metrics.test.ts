import test from 'ava';
import { metricNames, rankingMetrics } from '../../orchestrator/evaluation/ranking-metrics.ts';
import { UserError } from '../../orchestrator/shared/errors.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';

const near = (actual: number, expected: number) => Math.abs(actual - expected) < 1e-12;

test('metrics of four users are those worked out by hand', (t) => {
  // ranks 1, 3, 7 and "not in the list"
  const metrics = rankingMetrics(Int32Array.of(1, 3, 7, 0), [1, 5, 10]);
  t.deepEqual(Object.keys(metrics), metricNames([1, 5, 10]));
  t.true(near(metrics['recall@1'], 1 / 4));
  t.true(near(metrics['recall@5'], 2 / 4));
  t.true(near(metrics['recall@10'], 3 / 4));
  t.true(near(metrics['ndcg@1'], 1 / 4));
  t.true(near(metrics['ndcg@5'], (1 + 1 / 2) / 4));
  t.true(near(metrics['ndcg@10'], (1 + 1 / 2 + 1 / 3) / 4));
  t.true(near(metrics.mrr, (1 + 1 / 3 + 1 / 7) / 4));
});

test('metrics agree with a naive count over ranked lists', (t) => {
  const random = createRandom(3, 'ranks');
  const ranks = Int32Array.from({ length: 500 }, () => random.integer(40));
  const cutoffs = [1, 3, 10, 20];
  const metrics = rankingMetrics(ranks, cutoffs);
  const list = Array.from({ length: 40 }, (_, at) => at + 1);
  for (const k of cutoffs) {
    let hits = 0;
    let gain = 0;
    for (const rank of ranks)
      for (const [place, candidate] of list.slice(0, k).entries())
        if (candidate === rank) {
          hits++;
          gain += Math.log(2) / Math.log(place + 2);
        }
    t.true(Math.abs(metrics[`recall@${k}`] - hits / 500) < 1e-9);
    t.true(Math.abs(metrics[`ndcg@${k}`] - gain / 500) < 1e-9);
  }
});

test('the order of users changes no bit', (t) => {
  const ranks = Int32Array.from({ length: 1000 }, (_, at) => (at * 37) % 101);
  t.deepEqual(rankingMetrics(ranks.slice().reverse(), [5, 10]), rankingMetrics(ranks, [5, 10]));
});

const refuses = test.macro((t, code: string, ranks: Int32Array, cutoffs: number[]) => {
  const error = t.throws<UserError>(() => rankingMetrics(ranks, cutoffs), { instanceOf: UserError, code });
  t.truthy(error?.remedy);
});

test('no users are refused', refuses, 'evaluation/no-cases', new Int32Array(0), [5]);
test('no cutoffs are refused', refuses, 'evaluation/wrong-cutoffs', Int32Array.of(1), []);
test('a cutoff of 0 is refused', refuses, 'evaluation/wrong-cutoffs', Int32Array.of(1), [0, 5]);
test('a broken cutoff is refused', refuses, 'evaluation/wrong-cutoffs', Int32Array.of(1), [2.5]);
