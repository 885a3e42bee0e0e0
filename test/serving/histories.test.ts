import test from 'ava';
import type { Dataset } from '../../orchestrator/dataset/types.ts';
import { historiesOf } from '../../orchestrator/serving/histories.ts';

/** One user with the items 0 to 4, of which so many are held out for test. */
const datasetOf = (test: number): Dataset => ({
  items: [],
  userIds: ['u'],
  offsets: Int32Array.of(0, 5),
  events: Int32Array.of(0, 1, 2, 3, 4),
  trainEnd: Int32Array.of(5 - 2 * test),
  validationEnd: Int32Array.of(5 - test),
  historyLimit: 2,
});

test('a user is asked about as in the evaluation: before the test target', (t) => {
  const { history, seen } = historiesOf(datasetOf(1))('u');
  t.deepEqual(
    [history, [...seen]],
    [
      [2, 3],
      [0, 1, 2, 3],
    ],
  );
});

test('where nothing is held out, all that the user had counts', (t) => {
  const { history, seen } = historiesOf(datasetOf(0))('u');
  t.deepEqual(
    [history, [...seen]],
    [
      [3, 4],
      [0, 1, 2, 3, 4],
    ],
  );
});
