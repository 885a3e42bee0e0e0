import { setImmediate as yieldToEvents } from 'node:timers/promises';
import { assignBalanced } from '../clustering/assign-balanced.ts';
import { balancedKmeans, meansOf } from '../clustering/balanced-kmeans.ts';
import { distanceCosts, surveyCosts } from '../clustering/costs.ts';
import { createMatrix, type Matrix } from '../shared/matrix.ts';
import { type Random, shuffle } from '../shared/random.ts';
import { takeRows } from '../shared/take-rows.ts';
import { orderAlongMainDirection, orderBySimilarity } from './order-by-similarity.ts';

const maximalRounds = 20;
const tolerance = 1e-3;
const trainingChildrenPerDigit = 128;
/** Above this, an exact assignment takes too long. */
const maximalPrototypes = 1024;

/**
 * Gives the children of each node digits in [0, digits), no digit twice under one node, such that a digit means the same
 * everywhere. In the published way a digit below the first level is an arbitrary place within its cluster; here it
 * stands for a direction away from the cluster's centre, as in residual k-means: `digits` prototypes are learned from
 * all nodes' children together, and each node hands them out at the least total squared distance.
 * Prototypes are numbered so that neighbours are alike. Under a single node the children's own order is used; with more
 * than 1,024 digits, the order of the residuals along their main direction.
 *
 * `residuals` [children, d]: child minus centre of its node. `starts` [nodes + 1]: node n has the children
 * [starts[n], starts[n + 1]), at most `digits` of them. Returns [children] digits.
 */
export async function labelChildren(
  residuals: Matrix,
  starts: Int32Array,
  digits: number,
  random: Random,
  signal?: AbortSignal,
): Promise<Int32Array> {
  const nodes = starts.length - 1;
  if (nodes === 1) return placesOf(orderBySimilarity(residuals));
  if (digits > maximalPrototypes) return placesWithin(orderAlongMainDirection(residuals), starts);
  const training = await trainingChildren(residuals, starts, digits, random);
  if (training.residuals.rows === 0) return new Int32Array(residuals.rows);
  const prototypes = await learnPrototypes(training.residuals, training.starts, digits, random, signal);
  const order = orderBySimilarity(prototypes);
  return await handOut(residuals, starts, takeRows(prototypes, order), signal);
}

/** Children with a sibling (an only child has nothing to be told apart from): all, or those of nodes drawn at random. */
async function trainingChildren(residuals: Matrix, starts: Int32Array, digits: number, random: Random) {
  const nodes = shuffle(
    Int32Array.from({ length: starts.length - 1 }, (_, node) => node).filter(
      (node) => starts[node + 1] - starts[node] > 1,
    ),
    random,
  );
  const rows: number[] = [];
  const taken: number[] = [0];
  for (const node of nodes) {
    if (rows.length >= trainingChildrenPerDigit * digits) break;
    for (let row = starts[node]; row < starts[node + 1]; row++) rows.push(row);
    taken.push(rows.length);
  }
  return { residuals: takeRows(residuals, Int32Array.from(rows)), starts: Int32Array.from(taken) };
}

/** Alternates between handing out and moving each prototype to the mean of the residuals that got it. */
async function learnPrototypes(
  residuals: Matrix,
  starts: Int32Array,
  digits: number,
  random: Random,
  signal?: AbortSignal,
): Promise<Matrix> {
  const clusters = Math.min(digits, residuals.rows);
  let { centroids: prototypes } = await balancedKmeans(residuals, clusters, random, signal);
  prototypes = withSpares(prototypes, digits);
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < maximalRounds; round++) {
    const given = await handOut(residuals, starts, prototypes, signal);
    const next = meansOf(residuals, given, digits);
    const used = new Uint8Array(digits);
    for (const digit of given) used[digit] = 1;
    let error = 0;
    for (let at = 0; at < residuals.data.length; at++) {
      const row = Math.floor(at / residuals.columns);
      error +=
        (residuals.data[at] - next.data[given[row] * residuals.columns + (at % residuals.columns)]) ** 2;
    }
    if (error >= least * (1 - tolerance)) break;
    least = error;
    // A prototype that no child got stays where it was.
    for (let digit = 0; digit < digits; digit++)
      if (used[digit])
        prototypes.data.set(
          next.data.subarray(digit * next.columns, (digit + 1) * next.columns),
          digit * next.columns,
        );
  }
  return prototypes;
}

/** With fewer children than digits the rest of the digits stand at the centre, where they are seldom the nearest. */
function withSpares(prototypes: Matrix, digits: number): Matrix {
  if (prototypes.rows === digits) return prototypes;
  const all = createMatrix(digits, prototypes.columns);
  all.data.set(prototypes.data);
  return all;
}

async function handOut(
  residuals: Matrix,
  starts: Int32Array,
  prototypes: Matrix,
  signal?: AbortSignal,
): Promise<Int32Array> {
  const given = new Int32Array(residuals.rows);
  const once = new Int32Array(prototypes.rows).fill(1);
  const { columns } = residuals;
  for (let node = 0; node + 1 < starts.length; node++) {
    if (node % 64 === 0) {
      await yieldToEvents();
      signal?.throwIfAborted();
    }
    const from = starts[node];
    const count = starts[node + 1] - from;
    const children = createMatrix(
      count,
      columns,
      residuals.data.subarray(from * columns, (from + count) * columns),
    );
    const costs = distanceCosts(children, prototypes, new Float32Array(count * prototypes.rows));
    const { step } = await surveyCosts(costs);
    // Fewer children than digits: the auction is right only when it starts from prices of zero.
    given.set(await assignBalanced(costs, once, new Float64Array(prototypes.rows), step), from);
  }
  return given;
}

function placesOf(order: Int32Array): Int32Array {
  const places = new Int32Array(order.length);
  for (let place = 0; place < order.length; place++) places[order[place]] = place;
  return places;
}

/** Places among the children of the same node, in an order of all children. */
function placesWithin(order: Int32Array, starts: Int32Array): Int32Array {
  const places = placesOf(order);
  for (let node = 0; node + 1 < starts.length; node++) {
    const own = places.subarray(starts[node], starts[node + 1]);
    const children = Array.from(own.keys()).sort((left, right) => own[left] - own[right]);
    own.set(placesOf(Int32Array.from(children)));
  }
  return places;
}
