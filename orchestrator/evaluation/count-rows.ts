/** What stands beside an item, and how often: [neighbours] each, in the order in which they were met. */
export interface CountRow {
  items: Int32Array;
  counts: Float64Array;
  /** Of all counts. */
  sum: number;
}

/** So many neighbours are remembered, 12 bytes each; then all rows are counted anew. */
const heldAtMost = 8_000_000;

/**
 * The rows of a matrix of counts, items by items, each counted when it is first asked for: only what the cases need is
 * counted, and no matrix of all pairs is ever held. `walk` meets the neighbours of an item, one by one.
 */
export function countRows(
  items: number,
  walk: (item: number, meet: (neighbour: number, weight?: number) => void) => void,
): (item: number) => CountRow {
  const counts = new Float64Array(items);
  const rows = new Map<number, CountRow>();
  let held = 0;
  return (item) => {
    const known = rows.get(item);
    if (known) return known;
    const met: number[] = [];
    let sum = 0;
    walk(item, (neighbour, weight = 1) => {
      if (counts[neighbour] === 0) met.push(neighbour);
      counts[neighbour] += weight;
      sum += weight;
    });
    const row = { items: Int32Array.from(met), counts: Float64Array.from(met, (each) => counts[each]), sum };
    for (const each of met) counts[each] = 0;
    if (held + met.length > heldAtMost) {
      rows.clear();
      held = 0;
    }
    held += met.length;
    rows.set(item, row);
    return row;
  };
}
