const never = Number.POSITIVE_INFINITY;

/**
 * Assigns points to places at the least total cost when every place takes from `least` to `most` of them: the exact
 * optimum, by shortest augmenting paths (Ahuja, Magnanti and Orlin 1993). Every point starts at its cheapest place; then,
 * as long as a place is too full or too empty, points move along the cheapest chain of places that mends it.
 * `costs` [points * places]; places * least <= points <= places * most.
 */
export function assignBounded(
  costs: Float32Array,
  points: number,
  places: number,
  { least, most }: { least: number; most: number },
): Int32Array {
  if (places * least > points || places * most < points)
    throw new RangeError(`${points} points do not fit into ${places} places of ${least} to ${most}`);
  const sink = places;
  const { members, arcs, move } = createMoves(costs, points, places);
  // What a place hands on to the sink is within its bounds at all times; what it holds beyond that is its excess.
  const flows = Int32Array.from(members, (own) => Math.min(most, Math.max(least, own.length)));
  const excess = Float64Array.from({ length: places + 1 }, (_, node) =>
    node === sink ? flows.reduce((sum, flow) => sum + flow, 0) - points : members[node].length - flows[node],
  );
  const hand = (place: number, more: number) => {
    flows[place] += more;
    arcs[place * (places + 1) + sink] = flows[place] < most ? 0 : never;
    arcs[sink * (places + 1) + place] = flows[place] > least ? 0 : never;
  };
  for (let place = 0; place < places; place++) hand(place, 0);
  const potentials = new Float64Array(places + 1);
  while (excess.some((own) => own > 0)) {
    const path = cheapestPath(arcs, excess, potentials);
    excess[path[0]]--;
    excess[path.at(-1)!]++;
    for (let at = 1; at < path.length; at++) {
      const [from, to] = [path[at - 1], path[at]];
      if (from === sink) hand(to, -1);
      else if (to === sink) hand(from, 1);
      else move(from, to);
    }
  }
  const assignment = new Int32Array(points);
  for (const [place, own] of members.entries()) for (const point of own) assignment[point] = place;
  return assignment;
}

/** Dijkstra from all nodes with an excess to the nearest that lacks something; potentials keep costs from being negative. */
function cheapestPath(arcs: Float64Array, excess: Float64Array, potentials: Float64Array): number[] {
  const nodes = excess.length;
  const distances = Float64Array.from(excess, (own) => (own > 0 ? 0 : never));
  const before = new Int32Array(nodes).fill(-1);
  const open = Int32Array.from(excess.keys());
  for (let left = nodes; ; ) {
    let first = 0;
    for (let at = 1; at < left; at++) if (distances[open[at]] < distances[open[first]]) first = at;
    const node = open[first];
    open[first] = open[--left];
    const reached = distances[node];
    if (excess[node] < 0) {
      for (let other = 0; other < nodes; other++) potentials[other] += Math.min(distances[other], reached);
      const path = [node];
      while (before[path[0]] >= 0) path.unshift(before[path[0]]);
      return path;
    }
    const start = reached + potentials[node];
    for (let at = 0; at < left; at++) {
      const other = open[at];
      // Rounding may leave a little below zero.
      const length = Math.max(reached, start + arcs[node * nodes + other] - potentials[other]);
      if (length >= distances[other]) continue;
      distances[other] = length;
      before[other] = node;
    }
  }
}

/** Which points stand where, and [places + 1, places + 1] what it costs at least to move one of a place's to another. */
function createMoves(costs: Float32Array, points: number, places: number) {
  const members = Array.from({ length: places }, (): number[] => []);
  const arcs = new Float64Array((places + 1) ** 2).fill(never);
  const movers = new Int32Array(arcs.length);
  for (let point = 0; point < points; point++) {
    let best = 0;
    for (let place = 1; place < places; place++)
      if (costs[point * places + place] < costs[point * places + best]) best = place;
    members[best].push(point);
  }
  for (let place = 0; place < places; place++) scan(place);
  return { members, arcs, move };

  function move(from: number, to: number): void {
    const point = movers[from * (places + 1) + to];
    members[from].splice(members[from].indexOf(point), 1);
    members[to].push(point);
    scan(from);
    offer(point, to);
  }

  function scan(place: number): void {
    const row = place * (places + 1);
    arcs.fill(never, row, row + places);
    for (const point of members[place]) offer(point, place);
  }

  function offer(point: number, place: number): void {
    const [from, row] = [point * places, place * (places + 1)];
    const own = costs[from + place];
    for (let to = 0; to < places; to++) {
      const cost = costs[from + to] - own;
      if (to === place || cost >= arcs[row + to]) continue;
      arcs[row + to] = cost;
      movers[row + to] = point;
    }
  }
}
