/** What one of several searches has found, best first. */
export interface Lane<T> {
  items: readonly T[];
  /** 0 for what fits, higher for what fits less: those of all lanes come later. */
  levelOf(found: T): number;
  numberOf(found: T): number;
}

/** One list of several: their items in turn, each item once, what fits less behind what fits. */
export function interleave<T>(lanes: readonly Lane<T>[], k: number): { lane: number; found: T }[] {
  const taken = new Set<number>();
  const list: { lane: number; found: T }[] = [];
  const levels = lanes.flatMap(({ items, levelOf }) => items.map(levelOf));
  for (const level of [...new Set(levels)].sort((a, b) => a - b)) {
    const queues = lanes.map(({ items, levelOf }) => items.filter((found) => levelOf(found) === level));
    while (queues.some(({ length }) => length > 0))
      for (const [lane, queue] of queues.entries()) {
        const at = queue.findIndex((found) => !taken.has(lanes[lane].numberOf(found)));
        const [found] = at < 0 ? [] : queue.splice(0, at + 1).slice(-1);
        if (found === undefined) queue.length = 0;
        else {
          taken.add(lanes[lane].numberOf(found));
          list.push({ lane, found });
        }
      }
  }
  return list.slice(0, k);
}
