import test from 'ava';
import { placeOf } from '../../orchestrator/shared/place-of.ts';

test('a value lies in the place that begins at it or before; a place without a width holds none', (t) => {
  const starts = Int32Array.of(0, 2, 2, 5);
  t.deepEqual(
    [0, 1, 2, 4].map((value) => placeOf(starts, value)),
    [0, 0, 2, 2],
  );
});
