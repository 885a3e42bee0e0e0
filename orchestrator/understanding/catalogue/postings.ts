/** Which items hold a word, in rising order. */
export type Postings = Map<string, number[]>;

export function add(postings: Postings, word: string, item: number): void {
  const items = postings.get(word);
  if (!items) postings.set(word, [item]);
  else if (items.at(-1) !== item) items.push(item);
}

/** Whether a list in rising order has a value. */
export function includesSorted(sorted: readonly number[], value: number): boolean {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === value;
}
