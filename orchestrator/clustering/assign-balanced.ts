import type { Costs } from './costs.ts';

/**
 * Assigns points to places of limited capacity at the least total cost: the auction algorithm of
 * Bertsekas (1988) for similar objects. Points without a place bid for their best one (cost + price); the bid is what
 * makes it no better than the second best, plus `step`; a full place drops its lowest bid, and that bid is its price.
 * The total is within points * step of the best possible, in whatever order the points come: as many bid in turn as the
 * costs are held of at once, and those that they drive out of places wait until all others have had theirs.
 *
 * `capacities` [places], in all at least the number of points; `step` as `surveyCosts` finds it.
 * `prices` [places] are read as the start and left as found: when the capacities add up to exactly the number of
 * points, the prices of a similar problem are a good start; otherwise they must be zeros.
 */
export async function assignBalanced(
  costs: Costs,
  capacities: Int32Array,
  prices: Float64Array,
  step: number,
): Promise<Int32Array> {
  const { points, places, rowsAtOnce } = costs;
  const assignment = new Int32Array(points);
  if (places === 1) return assignment;
  const bids = createBids(capacities);
  /** [points] row in the costs that are held; -1 of a point that they are not held of. */
  const rows = new Int32Array(points).fill(-1);
  for (let waiting = Int32Array.from(rows.keys()); waiting.length > 0; ) {
    const driven: number[] = [];
    for (let start = 0; start < waiting.length; start += rowsAtOnce) {
      const bidders = waiting.subarray(start, start + rowsAtOnce);
      const values = await costs.of(bidders);
      for (const [row, point] of bidders.entries()) rows[point] = row;
      // Last in, first out: a point that lost its place bids again at once.
      const stack = Int32Array.from(bidders).reverse();
      for (let count = stack.length; count > 0; ) {
        const dropped = bid(stack[--count], values);
        if (dropped < 0) continue;
        if (rows[dropped] < 0) driven.push(dropped);
        else stack[count++] = dropped;
      }
      for (const point of bidders) rows[point] = -1;
    }
    waiting = Int32Array.from(driven).sort();
  }
  return assignment;

  /** The point that loses its place to this one, or -1. */
  function bid(point: number, values: Float32Array): number {
    const row = rows[point] * places;
    let best = -1;
    let lowest = Number.POSITIVE_INFINITY;
    let second = Number.POSITIVE_INFINITY;
    for (let place = 0; place < places; place++) {
      const total = values[row + place] + prices[place];
      if (total >= second) continue;
      if (total < lowest) {
        second = lowest;
        lowest = total;
        best = place;
      } else second = total;
    }
    assignment[point] = best;
    const dropped = bids.place(best, prices[best] + (second - lowest) + step, point);
    if (bids.full(best)) prices[best] = Math.max(prices[best], bids.lowest(best));
    return dropped;
  }
}

interface Bids {
  /** Enters a bid; returns the point that it drives out of a full place, or -1. */
  place(place: number, bid: number, point: number): number;
  full(place: number): boolean;
  lowest(place: number): number;
}

/** One binary heap a place, the lowest bid on top, all in two flat arrays. */
function createBids(capacities: Int32Array): Bids {
  const starts = new Int32Array(capacities.length);
  let total = 0;
  for (let place = 0; place < capacities.length; place++) {
    starts[place] = total;
    total += capacities[place];
  }
  const bids = new Float64Array(total);
  const points = new Int32Array(total);
  const counts = new Int32Array(capacities.length);

  const put = (at: number, bid: number, point: number) => {
    bids[at] = bid;
    points[at] = point;
  };
  const siftUp = (start: number, bid: number, point: number, last: number) => {
    let at = last;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (bids[start + parent] <= bid) break;
      put(start + at, bids[start + parent], points[start + parent]);
      at = parent;
    }
    put(start + at, bid, point);
  };
  const siftDown = (start: number, count: number, bid: number, point: number) => {
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= count) break;
      if (child + 1 < count && bids[start + child + 1] < bids[start + child]) child++;
      if (bids[start + child] >= bid) break;
      put(start + at, bids[start + child], points[start + child]);
      at = child;
    }
    put(start + at, bid, point);
  };
  return {
    place: (place, bid, point) => {
      const start = starts[place];
      if (counts[place] < capacities[place]) {
        siftUp(start, bid, point, counts[place]++);
        return -1;
      }
      const dropped = points[start];
      siftDown(start, counts[place], bid, point);
      return dropped;
    },
    full: (place) => counts[place] === capacities[place],
    lowest: (place) => bids[starts[place]],
  };
}
