/**
 * Assigns points to places of limited capacity at the least total cost: the auction algorithm of
 * Bertsekas (1988) for similar objects. Points without a place bid for their best one (cost + price); the bid is what
 * makes it no better than the second best, plus `step`; a full place drops its lowest bid, and that bid is its price.
 * The total is within points * step of the best possible, in whatever order the points come.
 *
 * `costs` [points * places]; `capacities` [places], in all at least the number of points.
 * `prices` [places] are read as the start and left as found: when the capacities add up to exactly the number of
 * points, the prices of a similar problem are a good start; otherwise they must be zeros.
 */
export function assignBalanced(
  costs: Float32Array,
  points: number,
  capacities: Int32Array,
  prices: Float64Array,
): Int32Array {
  const places = capacities.length;
  const assignment = new Int32Array(points);
  if (places === 1) return assignment;
  const step = bidStep(costs, points, places);
  const bids = createBids(capacities);
  // Last in, first out: a point that lost its place bids again at once.
  const waiting = Int32Array.from({ length: points }, (_, index) => points - 1 - index);
  for (let count = points; count > 0; ) {
    const point = waiting[--count];
    const row = point * places;
    let best = -1;
    let lowest = Number.POSITIVE_INFINITY;
    let second = Number.POSITIVE_INFINITY;
    for (let place = 0; place < places; place++) {
      const total = costs[row + place] + prices[place];
      if (total >= second) continue;
      if (total < lowest) {
        second = lowest;
        lowest = total;
        best = place;
      } else second = total;
    }
    const bid = prices[best] + (second - lowest) + step;
    assignment[point] = best;
    const dropped = bids.place(best, bid, point);
    if (dropped >= 0) waiting[count++] = dropped;
    if (bids.full(best)) prices[best] = Math.max(prices[best], bids.lowest(best));
  }
  return assignment;
}

/** One percent of how far the places differ for a point on average; large enough to count beside the largest cost. */
function bidStep(costs: Float32Array, points: number, places: number): number {
  let spread = 0;
  let largest = 0;
  for (let point = 0; point < points; point++) {
    let least = Number.POSITIVE_INFINITY;
    let sum = 0;
    for (let at = point * places; at < (point + 1) * places; at++) {
      sum += costs[at];
      if (costs[at] < least) least = costs[at];
      if (costs[at] > largest) largest = costs[at];
    }
    spread += sum / places - least;
  }
  return Math.max((0.01 * spread) / points, 1e-9 * largest, Number.MIN_VALUE * 2 ** 52);
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
