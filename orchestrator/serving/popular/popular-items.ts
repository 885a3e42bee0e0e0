import type { Dataset } from '../../dataset/types.ts';

export interface PopularItems {
  /** [items] the most popular first */
  order: Int32Array;
  /** [items] log of an item's share of the latest events */
  scores: Float64Array;
  /** The score of what nobody took. */
  untaken: number;
}

const day = 24 * 3600;

/**
 * What is popular in the last `days` of the log (`evaluation.recent_days`, as the baseline of that name) with the `later`
 * events; in all of it where it has no times. Among items that are equal there, those come first that were taken more
 * often at all.
 */
export function popularItems(
  { items, events, times }: Pick<Dataset, 'items' | 'events' | 'times'>,
  days: number,
  later: Iterable<{ item: number; time: number }> = [],
): PopularItems {
  const since = [...later];
  let latest = times?.reduce((most, time) => Math.max(most, time), -Infinity) ?? -Infinity;
  for (const { time } of since) latest = Math.max(latest, time);
  // Everything that was ever taken weighs less than one event of these days; everything weighs something.
  const old = 1 / (events.length + since.length + items.length + 1);
  const weights = new Float64Array(items.length).fill(old);
  let sum = items.length * old;
  const count = (item: number, time: number | null) => {
    const weight = time === null || time > latest - days * day ? 1 + old : old;
    weights[item] += weight;
    sum += weight;
  };
  for (const [at, item] of events.entries()) count(item, times?.[at] ?? null);
  for (const { item, time } of since) count(item, time);
  const order = Int32Array.from(weights.keys()).sort((a, b) => weights[b] - weights[a] || a - b);
  return { order, scores: weights.map((weight) => Math.log(weight / sum)), untaken: Math.log(old / sum) };
}
