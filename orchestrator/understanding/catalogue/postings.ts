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

/** The values of a list in rising order that another one has not. */
export function without(sorted: readonly number[], others: readonly number[]): number[] {
  let next = 0;
  return sorted.filter((value) => {
    while (next < others.length && others[next] < value) next++;
    return others[next] !== value;
  });
}
