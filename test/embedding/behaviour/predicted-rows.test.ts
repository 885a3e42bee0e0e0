import test from 'ava';
import {
  predictedRows,
  takePredictedRows,
} from '../../../orchestrator/embedding/behaviour/predicted-rows.ts';
import { createMatrix, rowOf } from '../../../orchestrator/shared/matrix.ts';
import { createRandom } from '../../../orchestrator/shared/random.ts';

const random = createRandom(1, 'with-predicted-rows');
const items = 40;
const cold = new Set([3, 17]);
const texts = createMatrix(
  items,
  3,
  Float32Array.from({ length: items * 3 }, () => random.normal()),
);
const counts = Array.from({ length: items }, (_, item) => (cold.has(item) ? 0 : 7));
/** Follows from the texts; training has left other rows to the items that nobody took. */
const rowFor = (item: number) => [3 * rowOf(texts, item)[1], -rowOf(texts, item)[2]];

test('items that nobody took get the rows that their texts predict; all others keep theirs', (t) => {
  const embedding = createMatrix(items, 2);
  for (let item = 0; item < items; item++) rowOf(embedding, item).set(cold.has(item) ? [9, 9] : rowFor(item));
  takePredictedRows([{ embedding }], cold, predictedRows([{ embedding }], cold, texts, counts));
  for (let item = 0; item < items; item++)
    for (const [column, value] of rowFor(item).entries()) {
      const given = rowOf(embedding, item)[column];
      if (cold.has(item)) t.true(Math.abs(given - value) < 0.1, `${given} for ${value}`);
      else t.is(given, Math.fround(value));
    }
});
