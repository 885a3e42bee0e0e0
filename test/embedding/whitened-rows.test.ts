import test from 'ava';
import { whitenedRows } from '../../orchestrator/embedding/whitened-rows.ts';
import { createMatrix, type Matrix, rowOf } from '../../orchestrator/shared/matrix.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';

/** 500 items on a stretched, turned and shifted cloud of three dimensions within five. */
function cloud(): Matrix {
  const random = createRandom(7, 'cloud');
  const matrix = createMatrix(500, 5);
  for (let item = 0; item < matrix.rows; item++) {
    const [a, b, c] = [10 * random.normal(), random.normal(), 0.1 * random.normal()];
    rowOf(matrix, item).set([3 + a, a - b, b + c, c, 2]);
  }
  return matrix;
}

const white = (vectors: Matrix, width: number) => whitenedRows(vectors, width, createRandom(1, 'test'));

/** Mean of the products of two columns over the first `rows` rows. */
function moment(matrix: Matrix, rows: number, a: number, b: number): number {
  let sum = 0;
  for (let row = 0; row < rows; row++) sum += rowOf(matrix, row)[a] * rowOf(matrix, row)[b];
  return sum / rows;
}

test('every direction of the vectors gets variance 1, and no two go together', async (t) => {
  const rows = await white(cloud(), 3);
  for (let a = 0; a < 3; a++)
    for (let b = 0; b < 3; b++) t.true(Math.abs(moment(rows, 500, a, b) - (a === b ? 1 : 0)) < 1e-4);
});

test('the directions with the most variance come first', async (t) => {
  const vectors = cloud();
  const [first] = rowOf(await white(vectors, 1), 0);
  const along = rowOf(vectors, 0)[0] - 3;
  t.true(Math.abs(Math.abs(first) - Math.abs(along) / 10) < 0.2);
});

test('columns beyond what the vectors span, and items of which nothing is known, are drawn', async (t) => {
  const vectors = cloud();
  rowOf(vectors, 4).fill(0);
  const rows = await white(vectors, 8);
  t.true(rowOf(rows, 4).every((value) => value !== 0));
  for (const column of [3, 7]) {
    const variance = moment(rows, 500, column, column);
    t.true(variance > 0.8 && variance < 1.2);
  }
  t.deepEqual(rows, await white(vectors, 8));
});

test('a catalogue without any vector starts from drawn rows', async (t) => {
  const rows = await white(createMatrix(3, 4), 2);
  t.true(rows.data.every((value) => Number.isFinite(value) && value !== 0));
});
