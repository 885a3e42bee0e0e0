import test from 'ava';
import { coherenceOf } from '../../orchestrator/item-index/coherence.ts';

test('coherence is how often the next item of training has the first digit of the one before', (t) => {
  // Items 0 and 1 under the digit 0, items 2 and 3 under the digit 1; the last two events of each user are not read.
  const index = { levels: 2, levelSizes: [2, 2], codes: Int32Array.of(0, 0, 0, 1, 1, 0, 1, 1) };
  const dataset = {
    offsets: Int32Array.of(0, 6, 11),
    trainEnd: Int32Array.of(4, 9),
    events: Int32Array.of(0, 1, 2, 3, 0, 0, 3, 1, 0, 2, 2),
  };
  // Pairs 0-1, 1-2, 2-3 and 3-1, 1-0: three of five agree; later items are of the digits 0 1 1 0 0.
  const { share, chance } = coherenceOf(index, dataset);
  t.is(share, 3 / 5);
  t.true(Math.abs(chance - (0.6 ** 2 + 0.4 ** 2)) < 1e-12);
});
