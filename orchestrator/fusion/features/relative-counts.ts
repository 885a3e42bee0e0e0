import { followedShare } from './counts.ts';
import { type FeatureGroup, lateItems, weightOf } from './feature-group.ts';
import type { Neighbours } from './neighbours.ts';
import type { Relatives } from './relatives.ts';

/**
 * How often items with texts like those of a candidate followed the late items: what counts say of a rare item itself is
 * little, and nothing of a new one.
 */
export function relativeCountFeatures(
  { followed }: Neighbours,
  popularity: Float32Array,
  relatives: Relatives,
): FeatureGroup {
  /** [items] shares of what followed; 0 but while features are made. */
  const last = new Float64Array(popularity.length);
  const late = new Float64Array(popularity.length);
  return {
    names: ['its like followed the last item, as a share', 'its like followed late items, as a share'],
    ofTakers: [],
    prepare: (items) => relatives.find(items),
    fill(history, candidates, row) {
      const rows = [...lateItems(history)].map((past) => ({ past, ...followed(past) }));
      for (const [back, { past, items, counts }] of rows.entries())
        for (const [at, item] of items.entries()) {
          const share = followedShare(counts[at], popularity[past]);
          if (back === 0) last[item] = share;
          late[item] += weightOf(back) * share;
        }
      for (const [place, { item }] of candidates.entries()) {
        const { items, weights } = relatives.of(item);
        const own = row(place);
        for (const [at, relative] of items.entries()) {
          own[0] += weights[at] * last[relative];
          own[1] += weights[at] * late[relative];
        }
      }
      for (const { items } of rows) for (const item of items) last[item] = late[item] = 0;
    },
  };
}
