/**
 * A list of the best candidates seen, of limited length, best first: higher scores, and smaller node numbers among
 * equal scores.
 */
export interface TopList {
  size: number;
  scores: Float64Array;
  /** Node numbers follow the digits of the codes, so ties go to the smaller digits whatever came first. */
  nodes: Int32Array;
  /** Which beam each candidate continues. */
  parents: Int32Array;
}

export function createTopList(capacity: number): TopList {
  return {
    size: 0,
    scores: new Float64Array(capacity),
    nodes: new Int32Array(capacity),
    parents: new Int32Array(capacity),
  };
}

/** Lower scores cannot enter. */
export function lowestUseful({ size, scores }: TopList): number {
  return size < scores.length ? -Infinity : scores[size - 1];
}

export function offer(list: TopList, score: number, node: number, parent: number): void {
  const { scores, nodes, parents } = list;
  const isBefore = (at: number) => scores[at] > score || (scores[at] === score && nodes[at] < node);
  if (list.size === scores.length) {
    if (isBefore(list.size - 1)) return;
    list.size--;
  }
  let place = 0;
  for (let end = list.size; place < end; ) {
    const middle = (place + end) >> 1;
    if (isBefore(middle)) place = middle + 1;
    else end = middle;
  }
  for (const column of [scores, nodes, parents]) column.copyWithin(place + 1, place, list.size);
  scores[place] = score;
  nodes[place] = node;
  parents[place] = parent;
  list.size++;
}
