import { setImmediate as yieldToEvents } from 'node:timers/promises';
import { createMatrix, type Matrix } from '../shared/matrix.ts';
import { type Random, shuffle } from '../shared/random.ts';
import { takeRows } from '../shared/take-rows.ts';
import { assignBalanced } from './assign-balanced.ts';
import { distanceCosts, surveyCosts } from './costs.ts';
import { allDistances } from './distances.ts';

export interface Clustering {
  /** [points] cluster of each point */
  assignment: Int32Array;
  /** [clusters, d] mean of each cluster's points */
  centroids: Matrix;
  /** Sum of squared distances to the own centroid. */
  error: number;
}

const maximalIterations = 100;
/** A round that gains less than this share of the error is the last. */
const tolerance = 5e-4;
/** Centroids settle on this many points a cluster; more only refine them. */
const trainingPointsPerCluster = 128;
const refiningIterations = 5;
/** Numbers of 4 bytes that distances, and the rows that they are computed from, may take: 64 MB each. */
const heldAtOnce = 2 ** 24;

/**
 * k-means whose cluster sizes differ by at most one: each round assigns all points at the least total squared distance
 * under those sizes (`assignBalanced`), then moves the centroids. Started by k-means++ (Arthur and Vassilvitskii 2007).
 * `clusters` is at most the number of points; each cluster gets at least one. On large sets the centroids settle on a
 * sample first.
 */
export async function balancedKmeans(
  points: Matrix,
  clusters: number,
  random: Random,
  signal?: AbortSignal,
): Promise<Clustering> {
  const sampled = trainingPointsPerCluster * clusters;
  const prices = new Float64Array(clusters);
  if (points.rows <= 2 * sampled) {
    const start = await seedCentroids(points, clusters, random);
    return await iterate(points, start, prices, maximalIterations, signal);
  }
  const sample = takeRows(points, sampleRows(points.rows, sampled, random));
  const start = await seedCentroids(sample, clusters, random);
  const { centroids } = await iterate(sample, start, prices, maximalIterations, signal);
  return await iterate(points, centroids, prices, refiningIterations, signal);
}

/** Mean row of each group; groups without a row stay zero. */
export function meansOf(points: Matrix, groups: Int32Array, count: number): Matrix {
  const { columns } = points;
  const means = createMatrix(count, columns);
  // Doubles where there is much to add up; they would be most of the memory where groups are almost single rows.
  const sums = count * 8 <= points.rows ? new Float64Array(count * columns) : means.data;
  const sizes = new Int32Array(count);
  for (let row = 0; row < points.rows; row++) {
    sizes[groups[row]]++;
    const to = groups[row] * columns;
    for (let column = 0; column < columns; column++) sums[to + column] += points.data[row * columns + column];
  }
  for (let group = 0; group < count; group++) {
    const size = Math.max(1, sizes[group]);
    for (let at = group * columns; at < (group + 1) * columns; at++) means.data[at] = sums[at] / size;
  }
  return means;
}

function sampleRows(rows: number, size: number, random: Random): Int32Array {
  const order = shuffle(
    Int32Array.from({ length: rows }, (_, row) => row),
    random,
  );
  return order.slice(0, size).sort();
}

/** Prices carry over from round to round: the sizes add up to the number of points, so that they are a fair start. */
async function iterate(
  points: Matrix,
  start: Matrix,
  prices: Float64Array,
  iterations: number,
  signal?: AbortSignal,
): Promise<Clustering> {
  const clusters = start.rows;
  const rowsAtOnce = Math.ceil(heldAtOnce / Math.max(clusters, points.columns));
  const room = new Float32Array(Math.min(points.rows, rowsAtOnce) * clusters);
  let centroids = start;
  let best: Clustering | undefined;
  for (let iteration = 0; iteration < iterations; iteration++) {
    await yieldToEvents();
    signal?.throwIfAborted();
    const costs = distanceCosts(points, centroids, room);
    const { nearest, step } = await surveyCosts(costs);
    const assignment = await assignBalanced(costs, balancedSizes(nearest, points.rows), prices, step);
    centroids = meansOf(points, assignment, clusters);
    const error = squaredError(points, assignment, centroids);
    const enough = best && error >= best.error * (1 - tolerance);
    if (!best || error < best.error) best = { assignment, centroids, error };
    if (enough || error === 0) break;
  }
  return best!;
}

/** floor(points / clusters) each; the points left over go one each to the clusters that most points are nearest to. */
function balancedSizes(demand: Int32Array, points: number): Int32Array {
  const clusters = demand.length;
  const sizes = new Int32Array(clusters).fill(Math.floor(points / clusters));
  const wanted = Array.from(demand.keys()).sort(
    (left, right) => demand[right] - demand[left] || left - right,
  );
  for (const cluster of wanted.slice(0, points % clusters)) sizes[cluster]++;
  return sizes;
}

export function squaredError(points: Matrix, assignment: Int32Array, centroids: Matrix): number {
  const { columns } = points;
  let error = 0;
  for (let row = 0; row < points.rows; row++)
    for (let column = 0; column < columns; column++)
      error +=
        (points.data[row * columns + column] - centroids.data[assignment[row] * columns + column]) ** 2;
  return error;
}

/** k-means++: each next centre is a point drawn by its squared distance to the centres so far. */
export async function seedCentroids(points: Matrix, clusters: number, random: Random): Promise<Matrix> {
  const chosen = new Int32Array(clusters);
  const nearest = new Float32Array(points.rows).fill(Number.POSITIVE_INFINITY);
  const toChosen = new Float32Array(points.rows);
  chosen[0] = random.integer(points.rows);
  for (let cluster = 1; cluster < clusters; cluster++) {
    await allDistances(points, takeRows(points, chosen.subarray(cluster - 1, cluster)), toChosen);
    let sum = 0;
    for (let row = 0; row < points.rows; row++) {
      if (toChosen[row] < nearest[row]) nearest[row] = toChosen[row];
      sum += nearest[row];
    }
    chosen[cluster] = sum > 0 ? drawByWeight(nearest, random.float() * sum) : random.integer(points.rows);
  }
  return takeRows(points, chosen);
}

function drawByWeight(weights: Float32Array, target: number): number {
  let last = 0;
  let passed = 0;
  for (let at = 0; at < weights.length; at++) {
    if (weights[at] === 0) continue;
    last = at;
    passed += weights[at];
    if (passed > target) return at;
  }
  return last;
}
