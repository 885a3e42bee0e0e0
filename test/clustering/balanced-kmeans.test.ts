import test from 'ava';
import { assignBalanced } from '../../orchestrator/clustering/assign-balanced.ts';
import { balancedKmeans } from '../../orchestrator/clustering/balanced-kmeans.ts';
import { type Costs, distanceCosts, type Survey, surveyCosts } from '../../orchestrator/clustering/costs.ts';
import { distances } from '../../orchestrator/clustering/distances.ts';
import { createMatrix, rowOf } from '../../orchestrator/shared/matrix.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';
import { clusteredPoints } from '../item-index/fixtures.ts';

test('distances equal those of a plain loop, for odd and even numbers of rows and centres', (t) => {
  for (const [rows, centres, columns] of [
    [1, 1, 1],
    [2, 4, 3],
    [7, 9, 5],
  ]) {
    const points = clusteredPoints(rows, columns, 2, 1);
    const others = clusteredPoints(centres, columns, 2, 2);
    const out = new Float32Array(rows * centres);
    distances(points, others, out);
    for (let row = 0; row < rows; row++)
      for (let centre = 0; centre < centres; centre++) {
        const expected = rowOf(points, row).reduce(
          (sum, value, column) => sum + (value - others.data[centre * columns + column]) ** 2,
          0,
        );
        t.true(Math.abs(out[row * centres + centre] - expected) < 1e-4);
      }
  }
});

test('balanced assignment comes within its step of the best of all assignments', async (t) => {
  const random = createRandom(3);
  for (let round = 0; round < 30; round++) {
    const costs = Float32Array.from({ length: 6 * 3 }, () => random.float());
    const held = heldCosts(costs, 3);
    const { step } = await surveyCosts(held);
    const assignment = await assignBalanced(held, Int32Array.of(2, 2, 2), new Float64Array(3), step);
    const total = (places: ArrayLike<number>) =>
      Array.from(places).reduce((sum, place, point) => sum + costs[point * 3 + place], 0);
    let best = Number.POSITIVE_INFINITY;
    for (let number = 0; number < 3 ** 6; number++) {
      const places = Array.from({ length: 6 }, (_, at) => Math.floor(number / 3 ** at) % 3);
      if ([0, 1, 2].every((place) => places.filter((other) => other === place).length === 2))
        best = Math.min(best, total(places));
    }
    t.deepEqual(
      [0, 1, 2].map((place) => assignment.filter((other) => other === place).length),
      [2, 2, 2],
    );
    t.true(total(assignment) <= best + 6 * 0.01);
  }
});

test('distances held in tiles give sizes as asked, and as good an assignment as all of them at once', async (t) => {
  const points = clusteredPoints(300, 4, 5, 1);
  const centroids = clusteredPoints(7, 4, 5, 2);
  const sizes = Int32Array.from({ length: 7 }, (_, place) => (place < 6 ? 43 : 42));
  const all = new Float32Array(300 * 7);
  distances(points, centroids, all);
  const totals: number[] = [];
  const surveys: Survey[] = [];
  for (const rows of [300, 40, 1]) {
    const costs = distanceCosts(points, centroids, new Float32Array(rows * 7));
    t.is(costs.rowsAtOnce, rows);
    const survey = await surveyCosts(costs);
    const assignment = await assignBalanced(costs, sizes, new Float64Array(7), survey.step);
    t.deepEqual(sizesOf(assignment), Array.from(sizes));
    totals.push(assignment.reduce((sum, place, point) => sum + all[point * 7 + place], 0));
    surveys.push(survey);
  }
  t.deepEqual(surveys[1], surveys[0]);
  t.deepEqual(surveys[2].nearest, surveys[0].nearest);
  for (const total of totals) t.true(Math.abs(total - totals[0]) <= 300 * surveys[0].step);

  function sizesOf(assignment: Int32Array): number[] {
    return Array.from(sizes, (_, place) => assignment.filter((other) => other === place).length);
  }
});

test('balanced k-means finds groups of equal size exactly', async (t) => {
  const points = createMatrix(60, 2);
  for (let row = 0; row < 60; row++) {
    points.data[2 * row] = 10 * (row % 5) + 0.01 * row;
    points.data[2 * row + 1] = (row % 5) ** 2;
  }
  const { assignment } = await balancedKmeans(points, 5, createRandom(1));
  for (let row = 0; row < 60; row++) t.is(assignment[row], assignment[row % 5]);
});

/** Costs [points, places] that are in memory. */
function heldCosts(values: Float32Array, places: number): Costs {
  const points = values.length / places;
  return {
    points,
    places,
    rowsAtOnce: points,
    of: async (asked) => {
      if (asked.length === points) return values;
      throw new RangeError(`expected all ${points} points, got ${asked.length}`);
    },
  };
}
