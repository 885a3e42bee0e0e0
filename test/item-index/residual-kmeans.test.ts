import test from 'ava';
import type { TreeShape } from '../../orchestrator/item-index/branching.ts';
import { buildItemIndex } from '../../orchestrator/item-index/build-item-index.ts';
import { residualKmeans } from '../../orchestrator/item-index/methods/residual-kmeans.ts';
import { createMatrix, type Matrix } from '../../orchestrator/shared/matrix.ts';
import { silentReporter } from '../../orchestrator/shared/reporter.ts';
import { clusteredPoints, distinctCodes, plainOptions } from './fixtures.ts';

test('points that are sums of one centre a level get the code of their centres', async (t) => {
  // Three far centres, and three near ones that every far one has around it: nine points, each twice.
  const far = [-10, 0, 10];
  const near = [-1, 0, 1];
  const points = createMatrix(18, 2);
  for (let row = 0; row < 18; row++)
    points.data.set([far[Math.floor(row / 2) % 3], near[Math.floor(row / 6)]], 2 * row);
  const { codes } = await pathsOf(points, { branching: 3, height: 2 });
  const digits = (row: number) => [codes[2 * row], codes[2 * row + 1]];
  for (let row = 0; row < 18; row++)
    for (let other = 0; other < 18; other++) {
      const [[a, b], [c, d]] = [digits(row), digits(other)];
      t.is(a === c, points.data[2 * row] === points.data[2 * other]);
      t.is(
        b === d,
        points.data[2 * row + 1] === points.data[2 * other + 1],
        'one meaning below every first digit',
      );
    }
});

test('each level leaves less of the points than the one before', async (t) => {
  const points = clusteredPoints(400, 8, 12, 3);
  const left = (levels: number) => residualError(points, levels);
  const [one, two, three] = [await left(1), await left(2), await left(3)];
  t.true(two < 0.8 * one && three < 0.9 * two, `${one} ${two} ${three}`);
});

test('an index of residual k-means tells all items apart, whatever is fused', async (t) => {
  const options = {
    ...plainOptions,
    method: 'residual-kmeans' as const,
    semantic: clusteredPoints(300, 8, 12, 1),
    behaviour: clusteredPoints(300, 5, 20, 2),
    sources: ['semantic', 'behaviour'] as const,
  };
  const codes = await buildItemIndex(options, silentReporter);
  t.is(distinctCodes(codes), 300);
  const joined = await buildItemIndex({ ...options, fusion: 'embeddings' }, silentReporter);
  t.is(distinctCodes(joined), 300);
  t.deepEqual(await buildItemIndex(options, silentReporter), codes, 'equal arguments give equal codes');
});

function pathsOf(points: Matrix, shape: TreeShape) {
  return residualKmeans(points, {
    shape,
    settings: plainOptions,
    label: 'points',
    behaviour: () => points,
    seed: 1,
    report: silentReporter,
  });
}

/** What is left of the points after so many digits, by the means of the points' residuals, made anew here. */
async function residualError(points: ReturnType<typeof clusteredPoints>, levels: number): Promise<number> {
  const { codes } = await pathsOf(points, { branching: 10, height: levels });
  const rest = points.data.slice();
  for (let level = 0; level < levels; level++)
    for (let digit = 0; digit < 10; digit++) {
      const rows = Array.from({ length: points.rows }, (_, row) => row).filter(
        (row) => codes[row * levels + level] === digit,
      );
      for (let column = 0; column < points.columns; column++) {
        const sum = rows.reduce((total, row) => total + rest[row * points.columns + column], 0);
        for (const row of rows) rest[row * points.columns + column] -= sum / rows.length;
      }
    }
  return rest.reduce((sum, value) => sum + value * value, 0);
}
