import { createMatrix, type Matrix } from '../shared/matrix.ts';
import { takeRows } from '../shared/take-rows.ts';
import { allDistances } from './distances.ts';

/** What points cost at places, of which only so many rows need to be held at once. */
export interface Costs {
  points: number;
  places: number;
  rowsAtOnce: number;
  /** [asked, places] of at most `rowsAtOnce` points, in ascending order; valid until the next call. */
  of(asked: Int32Array): Promise<Float32Array>;
}

/** Squared distances of points to centroids, computed into `room` when they are asked for; all at once where they fit. */
export function distanceCosts(points: Matrix, centroids: Matrix, room: Float32Array): Costs {
  const places = centroids.rows;
  const rowsAtOnce = Math.min(points.rows, Math.floor(room.length / places));
  let hasAll = false;
  return {
    points: points.rows,
    places,
    rowsAtOnce,
    of: async (asked) => {
      const out = room.subarray(0, asked.length * places);
      if (hasAll) return out;
      await allDistances(rowsOf(points, asked), centroids, out);
      hasAll = asked.length === points.rows;
      return out;
    },
  };
}

/** A view where the rows stand together. */
function rowsOf(points: Matrix, rows: Int32Array): Matrix {
  const [first, last] = [rows[0], rows[rows.length - 1]];
  if (last - first + 1 !== rows.length) return takeRows(points, rows);
  const { columns, data } = points;
  return createMatrix(rows.length, columns, data.subarray(first * columns, (last + 1) * columns));
}

/** What the assignment has to know of all costs before it begins. */
export interface Survey {
  /** [places] points to which each place is the nearest. */
  nearest: Int32Array;
  /** One percent of how far the places differ for a point on average; large enough to count beside the largest cost. */
  step: number;
}

export async function surveyCosts(costs: Costs): Promise<Survey> {
  const { points, places } = costs;
  const nearest = new Int32Array(places);
  let spread = 0;
  let largest = 0;
  for (const asked of inTiles(points, costs.rowsAtOnce)) {
    const values = await costs.of(asked);
    for (let row = 0; row < asked.length; row++) {
      let best = 0;
      let least = Number.POSITIVE_INFINITY;
      let sum = 0;
      for (let place = 0; place < places; place++) {
        const cost = values[row * places + place];
        sum += cost;
        if (cost < least) [least, best] = [cost, place];
        if (cost > largest) largest = cost;
      }
      nearest[best]++;
      spread += sum / places - least;
    }
  }
  return { nearest, step: Math.max((0.01 * spread) / points, 1e-9 * largest, Number.MIN_VALUE * 2 ** 52) };
}

function* inTiles(points: number, size: number): Generator<Int32Array> {
  for (let start = 0; start < points; start += size)
    yield Int32Array.from({ length: Math.min(size, points - start) }, (_, at) => start + at);
}
