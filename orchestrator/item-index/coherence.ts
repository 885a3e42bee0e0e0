import type { Dataset } from '../dataset/types.ts';
import type { ItemIndex } from './types.ts';

export interface Coherence {
  /** Share of training events whose item has the first digit of the item before it. */
  share: number;
  /** The same share if items came in random order. */
  chance: number;
}

/** How well an item's first digit predicts the next item's: codes are easy to learn if consecutive items share a cluster. */
export function coherenceOf(
  { levels, codes }: ItemIndex,
  { offsets, trainEnd, events }: Pick<Dataset, 'offsets' | 'trainEnd' | 'events'>,
): Coherence {
  const counts = new Map<number, number>();
  let pairs = 0;
  let same = 0;
  for (let user = 0; user < trainEnd.length; user++)
    for (let at = offsets[user] + 1; at < trainEnd[user]; at++) {
      const digit = codes[events[at] * levels];
      counts.set(digit, (counts.get(digit) ?? 0) + 1);
      pairs++;
      if (digit === codes[events[at - 1] * levels]) same++;
    }
  const chance = [...counts.values()].reduce((sum, count) => sum + (count / pairs) ** 2, 0);
  return { share: pairs > 0 ? same / pairs : 0, chance };
}
