import type { Dataset } from '../../dataset/types.ts';
import type { Pieces } from '../made-once.ts';

/** What is counted of the purchases in one category by users who had bought there before. */
export interface RepeatCounts {
  purchases: number;
  /** Purchases of an item that the user had already. */
  repeats: number;
  /** As many as there would be if users chose within the category by popularity alone. */
  expected: number;
  /** Repeats: how many events after the one before, at most so many. */
  events: number[];
  /** And how many seconds, where the log has times; none of one order. */
  seconds: number[];
}

/** Gaps of so many repeats show how long they are. */
const mostGaps = 5000;

/** Counts repeats in the training log for each group of items; `groupsOf` gives the groups of an item, by their numbers. */
export function* countRepeats(
  dataset: Dataset,
  groupsOf: readonly (readonly number[])[],
  groups: number,
): Pieces<RepeatCounts[]> {
  const { userIds, offsets, trainEnd, events, times } = dataset;
  const taken = takenOften(dataset);
  const totals = new Float64Array(groups);
  for (const [item, own] of groupsOf.entries()) for (const group of own) totals[group] += taken[item];
  const counts = Array.from(
    totals,
    (): RepeatCounts => ({ purchases: 0, repeats: 0, expected: 0, events: [], seconds: [] }),
  );
  for (let user = 0; user < userIds.length; user++) {
    const last = new Map<number, number>();
    /** How much of what is bought in a group are items that the user has. */
    const owned = new Map<number, number>();
    for (let at = offsets[user]; at < trainEnd[user]; at++) {
      const item = events[at];
      const before = last.get(item);
      for (const group of groupsOf[item]) {
        const own = owned.get(group);
        if (own !== undefined) {
          const count = counts[group];
          count.purchases++;
          count.expected += own / totals[group];
          if (before !== undefined) addRepeat(count, before, at, times);
        }
        if (before === undefined) owned.set(group, (own ?? 0) + taken[item]);
      }
      last.set(item, at);
    }
    yield;
  }
  return counts;
}

function addRepeat(count: RepeatCounts, before: number, at: number, times: Dataset['times']): void {
  count.repeats++;
  if (count.events.length >= mostGaps) return;
  if (!times) count.events.push(at - before);
  else if (times[at] > times[before]) {
    count.events.push(at - before);
    count.seconds.push(times[at] - times[before]);
  }
}

/** [items] how often each is taken in the training log */
function takenOften({ items, userIds, offsets, trainEnd, events }: Dataset): Float64Array {
  const counts = new Float64Array(items.length);
  for (let user = 0; user < userIds.length; user++)
    for (let at = offsets[user]; at < trainEnd[user]; at++) counts[events[at]]++;
  return counts;
}
