import test from 'ava';
import { assignBounded } from '../../orchestrator/clustering/assign-bounded.ts';
import { boundedKmeans } from '../../orchestrator/clustering/bounded-kmeans.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';
import { clusteredPoints, withinGroups } from '../item-index/fixtures.ts';

test('points go where they cost least in all, however the sizes are bounded', (t) => {
  const random = createRandom(4);
  const [points, places] = [7, 3];
  for (let round = 0; round < 8; round++) {
    // The first place is cheapest for most.
    const costs = Float32Array.from(
      { length: points * places },
      (_, at) => (at % places) + 2 * random.float(),
    );
    for (const bounds of [
      { least: 0, most: 7 },
      { least: 2, most: 3 },
      { least: 0, most: 3 },
      { least: 2, most: 7 },
    ]) {
      const found = assignBounded(costs, points, places, bounds);
      const expected = bruteForce(costs, points, places, bounds);
      t.true(Math.abs(total(costs, found, places) - expected) < 1e-5, JSON.stringify(bounds));
      for (const size of sizesOf(found, places)) t.true(size >= bounds.least && size <= bounds.most);
    }
  }
});

test('more points than the places hold are refused', (t) => {
  t.throws(() => assignBounded(new Float32Array(6), 3, 2, { least: 0, most: 1 }), { instanceOf: RangeError });
  t.throws(() => assignBounded(new Float32Array(6), 3, 2, { least: 2, most: 3 }), { instanceOf: RangeError });
});

test('clusters keep within their bounds, and with none it is plain k-means', async (t) => {
  const points = clusteredPoints(300, 4, 12, 3);
  const run = (least: number, most: number) =>
    boundedKmeans(points, 12, { least, most, iterations: 50, restarts: 3 }, createRandom(1));
  const bounded = await run(15, 35);
  for (const size of sizesOf(bounded.assignment, 12)) t.true(size >= 15 && size <= 35);
  const free = await run(1, 300);
  t.true(Math.max(...sizesOf(free.assignment, 12)) > 35);
  t.true(free.error < bounded.error);
  t.true(Math.abs(free.error - withinGroups(points, (row) => free.assignment[row])) < 1e-2);
  t.deepEqual(await run(15, 35), bounded);
});

function sizesOf(assignment: Int32Array, places: number): number[] {
  return Array.from({ length: places }, (_, place) => assignment.filter((own) => own === place).length);
}

function total(costs: Float32Array, assignment: ArrayLike<number>, places: number): number {
  return Array.from(assignment).reduce((sum, place, point) => sum + costs[point * places + place], 0);
}

/** The least total of all assignments within the bounds. */
function bruteForce(
  costs: Float32Array,
  points: number,
  places: number,
  { least, most }: { least: number; most: number },
): number {
  let best = Number.POSITIVE_INFINITY;
  for (let code = 0; code < places ** points; code++) {
    const tried = Int32Array.from({ length: points }, (_, at) => Math.floor(code / places ** at) % places);
    if (sizesOf(tried, places).every((size) => size >= least && size <= most))
      best = Math.min(best, total(costs, tried, places));
  }
  return best;
}
