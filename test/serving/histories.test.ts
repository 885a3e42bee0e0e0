import test from 'ava';
import { takenInLog } from '../../orchestrator/serving/histories.ts';
import { datasetOf, items } from './tiny-shop.ts';

test('a user has taken all that the log holds, what the evaluation asks for included', (t) => {
  const dataset = datasetOf(
    items(5),
    [
      [0, 1, 2, 3],
      [4, 4, 0],
    ],
    { heldOut: 2 },
  );
  const takenBy = takenInLog(dataset);
  t.deepEqual(takenBy('u0'), { items: [0, 1, 2, 3], times: [null, null, null, null] });
  t.deepEqual(takenBy('u1')?.items, [4, 4, 0]);
  t.is(takenBy('u2'), null);
});

test('times come along where the log has some', (t) => {
  const dataset = datasetOf(items(2), [[0], [1, 0]], { times: [[7], [8, 9]] });
  t.deepEqual(takenInLog(dataset)('u1'), { items: [1, 0], times: [8, 9] });
});
