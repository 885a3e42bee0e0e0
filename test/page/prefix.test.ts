import test from 'ava';
import type { IndexOverview } from '../../orchestrator/server/page/wire.ts';
import { isPrefix, whatCounts } from '../../page/src/explore/prefix.ts';

const overview = { levels: [{ letter: 'a' }, { letter: 'b' }, { letter: 'c' }] } as unknown as IndexOverview;

test('digits without a gap from the first on are a prefix', (t) => {
  t.deepEqual(
    [
      [null, null, null],
      [1, null, null],
      [1, 2, null],
      [1, 2, 3],
      [1, null, 3],
      [null, 2, null],
    ].map(isPrefix),
    [false, true, true, true, false, false],
  );
});

test('what stands beside a digit counts a prefix, or all items that have the digit', (t) => {
  const counted = (chosen: (number | null)[]) => [0, 1, 2].map((at) => whatCounts(overview, chosen, at));
  const [prefix, digit] = ['items whose code begins so', 'items with this digit'];
  t.deepEqual(counted([null, null, null]), [prefix, digit, digit]);
  t.deepEqual(counted([1, null, null]), [prefix, prefix, 'items with a1 and this digit']);
  t.deepEqual(counted([1, 2, null]), ['items with b2 and this digit', prefix, prefix]);
  t.deepEqual(counted([null, 2, null]), [
    'items with b2 and this digit',
    digit,
    'items with b2 and this digit',
  ]);
});
