import { add, matMul, mul, reduceSum, relu, reshape, sub } from '../engine/functions.ts';
import { input } from '../engine/graph.ts';
import { compile, type Program } from '../engine/program.ts';
import type { Matrix } from '../shared/matrix.ts';

/** With at least this many products (8 ms on one core), running the engine pays off. */
const engineProducts = 2 ** 24;
/** Points in one run: limits the memory needed beside `out`. */
const pointsAtOnce = 65_536;

/**
 * Squared Euclidean distances, ||x||^2 - 2 x.c + ||c||^2; large tables by matrix products of the engine.
 * [points, d] and [centroids, d] -> `out` [points * centroids], row-major.
 */
export async function allDistances(points: Matrix, centroids: Matrix, out: Float32Array): Promise<void> {
  const { rows, columns } = points;
  const clusters = centroids.rows;
  if (rows * clusters * columns < engineProducts) {
    distances(points, centroids, out);
    return;
  }
  program ??= compile('distances', { y: distanceGraph() });
  const { run } = await program;
  const c = { shape: [clusters, columns], data: centroids.data };
  for (let start = 0; start < rows; start += pointsAtOnce) {
    const end = Math.min(start + pointsAtOnce, rows);
    const x = { shape: [end - start, columns], data: points.data.subarray(start * columns, end * columns) };
    const y = { shape: [end - start, clusters], data: out.subarray(start * clusters, end * clusters) };
    await run({ x, c }, { y });
  }
}

/** One program for all sizes, compiled when first needed. */
let program: Promise<Program> | undefined;

/** Rounding error of float32 for two equal rows, relative to their squares; subtracted, so that equal rows give 0. */
const cancellation = 2e-6;

function distanceGraph() {
  const x = input('x', ['points', 'd']);
  const c = input('c', ['clusters', 'd']);
  const squares = add(reduceSum(mul(x, x), [1], true), reshape(reduceSum(mul(c, c), [1]), [1, 'clusters']));
  return relu(sub(mul(squares, 1 - cancellation), matMul(x, c, { transB: true, alpha: 2 })));
}

/**
 * The same in JavaScript, for few rows. Two points meet four centroids at a time, so that six loads feed eight
 * products (2 GMAC/s on one core; a plain double loop does 0.6).
 */
export function distances(points: Matrix, centroids: Matrix, out: Float32Array): void {
  const { rows, columns } = points;
  const count = centroids.rows;
  // Doubles spare the conversion of every load, and the cancellation in the formula.
  const centres = Float64Array.from(centroids.data);
  const norms = new Float64Array(count);
  for (let at = 0; at < centres.length; at++) norms[Math.floor(at / columns)] += centres[at] ** 2;
  const x = new Float64Array(columns);
  const y = new Float64Array(columns);
  for (let row = 0; row < rows; row += 2) {
    // The last row of an odd number meets itself.
    const other = Math.min(row + 1, rows - 1);
    const xx = load(points, row, x);
    const yy = load(points, other, y);
    const toX = row * count;
    const toY = other * count;
    let centre = 0;
    for (; centre + 3 < count; centre += 4) {
      let x0 = 0;
      let x1 = 0;
      let x2 = 0;
      let x3 = 0;
      let y0 = 0;
      let y1 = 0;
      let y2 = 0;
      let y3 = 0;
      const at0 = centre * columns;
      const at1 = at0 + columns;
      const at2 = at1 + columns;
      const at3 = at2 + columns;
      for (let column = 0; column < columns; column++) {
        const vx = x[column];
        const vy = y[column];
        const c0 = centres[at0 + column];
        const c1 = centres[at1 + column];
        const c2 = centres[at2 + column];
        const c3 = centres[at3 + column];
        x0 += vx * c0;
        x1 += vx * c1;
        x2 += vx * c2;
        x3 += vx * c3;
        y0 += vy * c0;
        y1 += vy * c1;
        y2 += vy * c2;
        y3 += vy * c3;
      }
      out[toX + centre] = Math.max(0, xx - 2 * x0 + norms[centre]);
      out[toX + centre + 1] = Math.max(0, xx - 2 * x1 + norms[centre + 1]);
      out[toX + centre + 2] = Math.max(0, xx - 2 * x2 + norms[centre + 2]);
      out[toX + centre + 3] = Math.max(0, xx - 2 * x3 + norms[centre + 3]);
      out[toY + centre] = Math.max(0, yy - 2 * y0 + norms[centre]);
      out[toY + centre + 1] = Math.max(0, yy - 2 * y1 + norms[centre + 1]);
      out[toY + centre + 2] = Math.max(0, yy - 2 * y2 + norms[centre + 2]);
      out[toY + centre + 3] = Math.max(0, yy - 2 * y3 + norms[centre + 3]);
    }
    for (; centre < count; centre++) {
      let xc = 0;
      let yc = 0;
      for (let column = 0; column < columns; column++) {
        xc += x[column] * centres[centre * columns + column];
        yc += y[column] * centres[centre * columns + column];
      }
      out[toX + centre] = Math.max(0, xx - 2 * xc + norms[centre]);
      out[toY + centre] = Math.max(0, yy - 2 * yc + norms[centre]);
    }
  }
}

/** Copies a row and returns its squared length. */
function load({ data, columns }: Matrix, row: number, into: Float64Array): number {
  let squares = 0;
  for (let column = 0; column < columns; column++) {
    into[column] = data[row * columns + column];
    squares += into[column] ** 2;
  }
  return squares;
}
