import test from 'ava';
import { dot } from '../../../orchestrator/embedding/semantic/orthonormal.ts';
import { smallSvd } from '../../../orchestrator/embedding/semantic/small-svd.ts';
import type { SparseMatrix } from '../../../orchestrator/embedding/semantic/sparse-matrix.ts';
import { truncatedSvd } from '../../../orchestrator/embedding/semantic/truncated-svd.ts';
import { createRandom } from '../../../orchestrator/shared/random.ts';

/** A random matrix with a fifth of its entries set, sparse and as dense columns. */
function randomMatrix(rows: number, columns: number): { sparse: SparseMatrix; dense: Float64Array[] } {
  const random = createRandom(5, 'matrix', rows, columns);
  const dense = Array.from({ length: columns }, () => new Float64Array(rows));
  const rowStart = new Int32Array(rows + 1);
  const columnOf: number[] = [];
  const values: number[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (random.float() > 0.2) continue;
      dense[column][row] = random.normal() / (1 + column);
      columnOf.push(column);
      values.push(dense[column][row]);
    }
    rowStart[row + 1] = values.length;
  }
  return {
    sparse: {
      rows,
      columns,
      rowStart,
      columnOf: Int32Array.from(columnOf),
      values: Float64Array.from(values),
    },
    dense,
  };
}

test('the small exact SVD reproduces a matrix whose values are known', async (t) => {
  // [[3, 0], [4, 5]] has the singular values sqrt(45) and sqrt(5).
  const { values, left } = await smallSvd([Float64Array.of(3, 4), Float64Array.of(0, 5)]);
  t.true(Math.abs(values[0] - Math.sqrt(45)) < 1e-12);
  t.true(Math.abs(values[1] - Math.sqrt(5)) < 1e-12);
  t.true(Math.abs(Math.abs(left[0][0]) - 1 / Math.sqrt(10)) < 1e-12);
  t.true(Math.abs(dot(left[0], left[1])) < 1e-12);
});

for (const [rows, columns] of [
  [120, 60],
  [60, 120],
])
  test(`the randomised SVD finds values and subspace of the exact one, ${rows} x ${columns}`, async (t) => {
    const { sparse, dense } = randomMatrix(rows, columns);
    const exact = await smallSvd(dense);
    const found = await truncatedSvd(sparse, 8, 3);
    t.is(found.values.length, 8);
    for (const [at, value] of found.values.entries()) {
      t.true(Math.abs(value - exact.values[at]) < 1e-4 * exact.values[0], `value ${at}`);
      t.true(Math.abs(dot(found.left[at], exact.left[at])) > 0.999, `vector ${at}`);
    }
  });

test('the result depends on nothing but matrix and seed', async (t) => {
  const { sparse } = randomMatrix(50, 40);
  t.deepEqual(await truncatedSvd(sparse, 5, 3), await truncatedSvd(sparse, 5, 3));
});

test('a matrix of lower rank than asked for gives zeros, not noise', async (t) => {
  const values = Float64Array.of(1, 2, 2, 4, 3, 6);
  const sparse: SparseMatrix = {
    rows: 3,
    columns: 2,
    rowStart: Int32Array.of(0, 2, 4, 6),
    columnOf: Int32Array.of(0, 1, 0, 1, 0, 1),
    values,
  };
  const found = await truncatedSvd(sparse, 10, 1);
  t.is(found.values.length, 2);
  t.true(Math.abs(found.values[0] - Math.sqrt(70)) < 1e-9);
  t.true(found.values[1] < 1e-9);
  t.true([...found.left[1]].every((value) => Math.abs(value) < 1e-6));
});
