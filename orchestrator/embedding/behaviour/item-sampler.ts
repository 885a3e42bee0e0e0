import { placeOf } from '../../shared/place-of.ts';
import type { Random } from '../../shared/random.ts';

/** Items that the targets of an update are compared with. */
export interface SampledItems {
  /** [size] each once; behind the first `drawn` stand others, which only make the number the same for all updates */
  items: Int32Array;
  drawn: number;
}

export interface ItemSampler {
  /** The count, or the number of items where it is smaller. */
  size: number;
  draw(random: Random): SampledItems;
  /** Log of the probability that an item is drawn. */
  logRate(item: number): number;
}

/**
 * Draws up to `count` of the items [`frequencies.length`] for an update: half of them uniformly, half by how often they
 * are targets (mixed negative sampling, Yang et al. 2020), so that popular items and those that nobody takes are met alike.
 * All items, where there are no more than `count`.
 */
export function itemSampler(frequencies: ArrayLike<number>, count: number): ItemSampler {
  const items = frequencies.length;
  if (count >= items) {
    const all = { items: Int32Array.from(frequencies, (_, item) => item), drawn: items };
    return { size: items, draw: () => all, logRate: () => 0 };
  }
  const uniform = Math.ceil(count / 2);
  const byFrequency = count - uniform;
  /** [items + 1] sums of the items before each */
  const sums = new Float64Array(items + 1);
  for (let item = 0; item < items; item++) sums[item + 1] = sums[item] + frequencies[item];
  const total = sums[items];
  return {
    size: count,
    draw(random) {
      const chosen = new Set<number>();
      while (chosen.size < uniform) chosen.add(random.integer(items));
      for (let at = 0; at < byFrequency; at++) chosen.add(placeOf(sums, random.float() * total));
      const drawn = chosen.size;
      for (let item = 0; chosen.size < count; item++) chosen.add(item);
      return { items: Int32Array.from(chosen), drawn };
    },
    logRate: (item) => Math.log(1 - (1 - uniform / items) * (1 - frequencies[item] / total) ** byFrequency),
  };
}
