/** Which items hold a word, in rising order. */
export type Postings = Map<string, number[]>;

export function add(postings: Postings, word: string, item: number): void {
  const items = postings.get(word);
  if (!items) postings.set(word, [item]);
  else if (items.at(-1) !== item) items.push(item);
}
