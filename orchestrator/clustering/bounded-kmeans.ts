import { setImmediate as yieldToEvents } from 'node:timers/promises';
import type { Matrix } from '../shared/matrix.ts';
import type { Random } from '../shared/random.ts';
import { assignBounded } from './assign-bounded.ts';
import { type Clustering, meansOf, seedCentroids, squaredError } from './balanced-kmeans.ts';
import { allDistances } from './distances.ts';

export interface BoundedOptions {
  /** Points of a cluster: at least and at most so many. */
  least: number;
  most: number;
  iterations: number;
  /** The best of so many starts is kept. */
  restarts: number;
}

/** A start whose error falls by less than this share has settled. */
const tolerance = 1e-4;

/**
 * k-means with bounds on the sizes of clusters (Bradley, Bennett and Demiriz 2000), started by k-means++. With bounds
 * that never count it is plain k-means; `least: 1` leaves no cluster empty.
 */
export async function boundedKmeans(
  points: Matrix,
  clusters: number,
  { least, most, iterations, restarts }: BoundedOptions,
  random: Random,
  signal?: AbortSignal,
): Promise<Clustering> {
  const costs = new Float32Array(points.rows * clusters);
  let best: Clustering | undefined;
  for (let start = 0; start < restarts; start++) {
    let centroids = await seedCentroids(points, clusters, random);
    let last = Number.POSITIVE_INFINITY;
    for (let iteration = 0; iteration < iterations; iteration++) {
      await yieldToEvents();
      signal?.throwIfAborted();
      await allDistances(points, centroids, costs);
      const assignment = assignBounded(costs, points.rows, clusters, { least, most });
      centroids = meansOf(points, assignment, clusters);
      const error = squaredError(points, assignment, centroids);
      if (!best || error < best.error) best = { assignment, centroids, error };
      if (error >= last * (1 - tolerance)) break;
      last = error;
    }
  }
  return best!;
}
