import type { Dataset, Item } from '../../orchestrator/dataset/types.ts';

/** Items `i0`, `i1`, … with a category each, none by default. */
export function items(count: number, categoriesOf: (item: number) => string[] = () => []): Item[] {
  return Array.from({ length: count }, (_, at) => ({
    item_id: `i${at}`,
    title: `Thing ${at}`,
    description: '',
    categories: categoriesOf(at),
    brand: '',
    keywords: [],
  }));
}

/** A log of users `u0`, `u1`, … from what each has taken; all of it is learned from, but for the last `heldOut` events. */
export function datasetOf(
  items: Item[],
  taken: readonly (readonly number[])[],
  { times, heldOut = 0 }: { times?: readonly (readonly number[])[]; heldOut?: number } = {},
): Dataset {
  const offsets = new Int32Array(taken.length + 1);
  for (const [user, own] of taken.entries()) offsets[user + 1] = offsets[user] + own.length;
  const ends = Int32Array.from(taken, (own, user) => offsets[user] + Math.max(0, own.length - heldOut));
  return {
    items,
    userIds: taken.map((_, user) => `u${user}`),
    offsets,
    events: Int32Array.from(taken.flat()),
    ...(times ? { times: Float64Array.from(times.flat()) } : {}),
    trainEnd: ends,
    validationEnd: ends,
    historyLimit: 20,
  };
}
