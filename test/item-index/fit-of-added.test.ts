import test from 'ava';
import { fitOfAdded } from '../../orchestrator/item-index/fit-of-added.ts';
import { createMatrix } from '../../orchestrator/shared/matrix.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';

test('a new item that lies where the old ones do fits; one far off, or without any vector, does not', (t) => {
  const random = createRandom(1, 'fit');
  // Two clusters, about (1, 0, 0) and (0, 1, 0).
  const old = createMatrix(100, 3);
  for (let item = 0; item < 100; item++)
    for (let column = 0; column < 3; column++)
      old.data[item * 3 + column] = Number(item % 2 === column) + 0.1 * random.normal();
  const codes = Int32Array.from({ length: 100 }, (_, item) => item % 2);
  const added = createMatrix(3, 3, Float32Array.of(1, 0, 0, 0, 0, 0, 0.5, 0.5, 2));
  const { bad, usual, distances } = fitOfAdded({ levels: 1, codes }, { from: 0, to: 1 }, old, added);
  t.true(distances[0] < usual && usual < distances[2]);
  t.deepEqual(
    bad.sort((a, b) => a - b),
    [1, 2],
  );
});
