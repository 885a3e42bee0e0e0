/** The values of item `i` are `values[offsets[i] .. offsets[i + 1])`, in the order in which they came. */
export interface Grouped {
  offsets: Int32Array;
  values: Int32Array;
}

/** Pairs of an item and a value by item; `pairs` is walked over twice. */
export function groupByItem(
  items: number,
  pairs: (each: (item: number, value: number) => void) => void,
): Grouped {
  const offsets = new Int32Array(items + 1);
  pairs((item) => {
    offsets[item + 1]++;
  });
  for (let item = 0; item < items; item++) offsets[item + 1] += offsets[item];
  const values = new Int32Array(offsets[items]);
  const next = offsets.slice(0, items);
  pairs((item, value) => {
    values[next[item]++] = value;
  });
  return { offsets, values };
}
