/** Items in their order, each once, with how often it stands there: what is bought again is one item, wherever items are counted. */
export function itemCounts<T extends { item_id: string }>(items: readonly T[]): { item: T; times: number }[] {
  const counted = new Map<string, { item: T; times: number }>();
  for (const item of items) {
    const known = counted.get(item.item_id);
    if (known) known.times++;
    else counted.set(item.item_id, { item, times: 1 });
  }
  return [...counted.values()];
}
