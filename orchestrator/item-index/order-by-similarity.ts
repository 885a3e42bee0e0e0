import { type Matrix, rowOf } from '../shared/matrix.ts';

/** Above this many rows a chain, which looks at all pairs, takes too long. */
const longestChain = 4096;

/**
 * An order in which neighbours are alike: a chain that starts at one end of the main direction and goes on to the nearest
 * row not yet taken; for very many rows, their order along the main direction.
 * Returns row numbers, first place first.
 */
export function orderBySimilarity(points: Matrix): Int32Array {
  const along = orderAlongMainDirection(points);
  if (points.rows > longestChain || points.rows < 3) return along;
  return improveChain(points, chainFrom(points, along[0]));
}

/** Rows ordered by their projection on the first principal direction (power iteration); equal ones by number. */
export function orderAlongMainDirection(points: Matrix): Int32Array {
  const { rows, columns, data } = points;
  const mean = new Float64Array(columns);
  for (let at = 0; at < data.length; at++) mean[at % columns] += data[at] / rows;
  // The row farthest from the mean is never at right angles to the main direction of all rows, save by accident.
  const projected = new Float64Array(rows);
  let direction = farthestFrom(points, mean);
  for (let round = 0; round < 30; round++) {
    const next = new Float64Array(columns);
    for (let row = 0; row < rows; row++) {
      let product = 0;
      for (let column = 0; column < columns; column++)
        product += (data[row * columns + column] - mean[column]) * direction[column];
      projected[row] = product;
      for (let column = 0; column < columns; column++)
        next[column] += product * (data[row * columns + column] - mean[column]);
    }
    const norm = Math.hypot(...next);
    if (norm === 0) break;
    direction = next.map((value) => value / norm);
  }
  return Int32Array.from(
    Array.from(projected.keys()).sort((left, right) => projected[left] - projected[right] || left - right),
  );
}

function farthestFrom({ rows, columns, data }: Matrix, mean: Float64Array): Float64Array {
  let farthest: Float64Array = new Float64Array(columns);
  let largest = 0;
  for (let row = 0; row < rows; row++) {
    const difference = mean.map((value, column) => data[row * columns + column] - value);
    const squares = difference.reduce((sum, value) => sum + value * value, 0);
    if (squares <= largest) continue;
    largest = squares;
    farthest = difference;
  }
  return farthest;
}

function chainFrom(points: Matrix, start: number): Int32Array {
  const chain = new Int32Array(points.rows);
  const taken = new Uint8Array(points.rows);
  chain[0] = start;
  taken[start] = 1;
  for (let place = 1; place < chain.length; place++) {
    let nearest = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let row = 0; row < points.rows; row++) {
      if (taken[row]) continue;
      const distance = squaredDistance(points, chain[place - 1], row);
      if (nearest >= 0 && distance >= least) continue;
      nearest = row;
      least = distance;
    }
    chain[place] = nearest;
    taken[nearest] = 1;
  }
  return chain;
}

/** Turns pieces of the chain round while that shortens it (2-opt); mends the far jumps that a greedy chain ends with. */
function improveChain(points: Matrix, chain: Int32Array): Int32Array {
  const last = chain.length - 1;
  if (last > 512) return chain;
  const gap = (left: number, right: number) => Math.sqrt(squaredDistance(points, chain[left], chain[right]));
  for (let sweep = 0; sweep < 8; sweep++) {
    let changed = false;
    for (let from = 1; from < last; from++)
      for (let to = from + 1; to <= last; to++) {
        const before = gap(from - 1, from) + (to < last ? gap(to, to + 1) : 0);
        const after = gap(from - 1, to) + (to < last ? gap(from, to + 1) : 0);
        if (after >= before - 1e-9) continue;
        chain.subarray(from, to + 1).reverse();
        changed = true;
      }
    if (!changed) break;
  }
  return chain;
}

function squaredDistance(points: Matrix, left: number, right: number): number {
  const a = rowOf(points, left);
  const b = rowOf(points, right);
  let sum = 0;
  for (let column = 0; column < a.length; column++) sum += (a[column] - b[column]) ** 2;
  return sum;
}
