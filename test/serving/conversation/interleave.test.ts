import test from 'ava';
import { interleave } from '../../../orchestrator/serving/conversation/interleave.ts';

const lane = (...items: number[]) => ({
  items,
  // Items from 100 on fit less.
  levelOf: (item: number) => Math.floor(item / 100),
  numberOf: (item: number) => item,
});
const merged = (k: number, ...lanes: ReturnType<typeof lane>[]) =>
  interleave(lanes, k).map(({ found }) => found);

test('several lists take turns, and an item comes once', (t) => {
  t.deepEqual(merged(9, lane(1, 2, 3), lane(7, 2, 8, 9)), [1, 7, 2, 8, 3, 9]);
  t.deepEqual(
    interleave([lane(1), lane(2)], 9).map(({ lane: at }) => at),
    [0, 1],
  );
});

test('what fits less stands behind all that fits', (t) => {
  t.deepEqual(merged(9, lane(1, 101, 102), lane(2, 3, 103)), [1, 2, 3, 101, 103, 102]);
});

test('one list stays as it is, cut to its length', (t) => {
  t.deepEqual(merged(2, lane(5, 4, 3)), [5, 4]);
  t.deepEqual(merged(2, lane()), []);
});
