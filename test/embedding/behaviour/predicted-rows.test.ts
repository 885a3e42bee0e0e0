import test from 'ava';
import { rowPredictor } from '../../../orchestrator/embedding/behaviour/predicted-rows.ts';
import { createMatrix, rowOf } from '../../../orchestrator/shared/matrix.ts';
import { createRandom } from '../../../orchestrator/shared/random.ts';

const random = createRandom(1, 'predicted-rows');
const items = 60;
const texts = createMatrix(
  items,
  4,
  Float32Array.from({ length: items * 4 }, () => random.normal()),
);
const counts = Array.from({ length: items }, () => 1 + random.integer(50));
/** Two numbers of the texts, and a third that grows with what was bought. */
const behaviour = createMatrix(items, 3);
for (let item = 0; item < items; item++)
  rowOf(behaviour, item).set([
    2 * rowOf(texts, item)[0],
    rowOf(texts, item)[1] - rowOf(texts, item)[2],
    Math.log1p(counts[item]),
  ]);

test('behaviour that follows from texts and from how often an item was bought is found', async (t) => {
  const added = { texts: createMatrix(2, 4, Float32Array.of(1, 0, 0, 0, 0, 1, -1, 0)), counts: [20, 0] };
  const rows = (await rowPredictor({ texts, counts }, added))(behaviour);
  const expected = [2, 0, Math.log1p(20), 0, 2, 0];
  for (const [at, value] of rows.data.entries())
    t.true(Math.abs(value - expected[at]) < 0.1, `${[...rows.data]}`);
});

test('an item without text gets what items have in common', async (t) => {
  const rows = (await rowPredictor({ texts, counts }, { texts: createMatrix(1, 4), counts: [10] }))(
    behaviour,
  );
  const mean = (column: number) =>
    Array.from({ length: items }, (_, item) => rowOf(behaviour, item)[column] / items).reduce(
      (a, b) => a + b,
    );
  for (const column of [0, 1]) t.true(Math.abs(rows.data[column] - mean(column)) < 0.1);
});
