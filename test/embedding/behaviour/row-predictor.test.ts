import test from 'ava';
import { rowPredictor } from '../../../orchestrator/embedding/behaviour/row-predictor.ts';
import { principalComponents } from '../../../orchestrator/embedding/principal-components.ts';
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

test('behaviour that follows from texts and from how often an item was bought is found', (t) => {
  const added = { texts: createMatrix(2, 4, Float32Array.of(1, 0, 0, 0, 0, 1, -1, 0)), counts: [20, 0] };
  const rows = rowPredictor({ texts, counts }, added)(behaviour);
  const expected = [2, 0, Math.log1p(20), 0, 2, 0];
  for (const [at, value] of rows.data.entries())
    t.true(Math.abs(value - expected[at]) < 0.1, `${[...rows.data]}`);
});

test('an item without text gets what items have in common', (t) => {
  const rows = rowPredictor({ texts, counts }, { texts: createMatrix(1, 4), counts: [10] })(behaviour);
  const mean = (column: number) =>
    Array.from({ length: items }, (_, item) => rowOf(behaviour, item)[column] / items).reduce(
      (a, b) => a + b,
    );
  for (const column of [0, 1]) t.true(Math.abs(rows.data[column] - mean(column)) < 0.1);
});

test('rows are those of a ridge regression along the directions of the texts', async (t) => {
  const added = createMatrix(
    3,
    4,
    Float32Array.from({ length: 12 }, () => random.normal()),
  );
  const usual = { texts, counts: Array.from({ length: items }, () => 5) };
  const noise = createMatrix(
    items,
    2,
    Float32Array.from({ length: items * 2 }, () => random.normal()),
  );
  const rows = rowPredictor(usual, { texts: added, counts: [5, 5, 5] })(noise);
  const all = Array.from({ length: items }, (_, item) => item);
  const { mean, centred, values, components } = await principalComponents(texts, all);
  // The column of counts has no variance here, and counts as a direction of it.
  const expected = [0.001, 0.01, 0.1, 1].map((strength) => {
    const held = (strength * values.reduce((sum, value) => sum + value, 0)) / (values.length + 1);
    return Array.from({ length: 3 }, (_, row) => row).flatMap((row) =>
      [0, 1].map((column) => {
        const average = all.reduce((sum, item) => sum + rowOf(noise, item)[column] / items, 0);
        return components.reduce((sum, direction, at) => {
          const along = (text: ArrayLike<number>) =>
            direction.reduce((total, value, column) => total + value * text[column], 0);
          const both = all.reduce(
            (total, item) => total + (along(centred[item]) * (rowOf(noise, item)[column] - average)) / items,
            0,
          );
          const own = along(Float64Array.from(rowOf(added, row), (value, column) => value - mean[column]));
          return sum + (own * both) / (values[at] + held);
        }, average);
      }),
    );
  });
  const off = expected.map((each) => Math.max(...each.map((value, at) => Math.abs(value - rows.data[at]))));
  t.true(Math.min(...off) < 1e-5, `${off}`);
});
