import type { CountRow } from '../../evaluation/count-rows.ts';
import { type FeatureGroup, lateItems, weightOf } from './feature-group.ts';
import type { Neighbours } from './neighbours.ts';

/** Rows of few counts are pulled to 0. */
const fewCounts = 5;
/** Brings shares of some hundredths to the size of other features. */
const scale = 10;

/** Of those who took an item, how many took one that followed it `count` times; scaled. `taken`: how often it was taken. */
export function followedShare(count: number, taken: number): number {
  return (scale * count) / (taken + fewCounts);
}

const names = [
  'followed the last item',
  'followed late items',
  'followed the last item, as a share',
  'followed late items, as a share',
  'together with the last item',
  'together with late items',
  'together with one late item, at most',
];

/** What followed the late items in the training log, and what was taken together with them. */
export function countFeatures({ followed, together }: Neighbours, popularity: Float32Array): FeatureGroup {
  /** [items] place of a candidate plus 1, while its features are made. */
  const placeOf = new Int32Array(popularity.length);
  const forEachCandidate = (
    { items, counts }: CountRow,
    use: (place: number, item: number, count: number) => void,
  ) => {
    for (let at = 0; at < items.length; at++)
      if (placeOf[items[at]] > 0) use(placeOf[items[at]] - 1, items[at], counts[at]);
  };
  return {
    names,
    ofTakers: names,
    fill(history, candidates, row) {
      for (const [place, { item }] of candidates.entries()) placeOf[item] = place + 1;
      for (const [back, past] of lateItems(history).entries()) {
        const weight = weightOf(back);
        forEachCandidate(followed(past), (place, _item, count) => {
          const own = row(place);
          const share = followedShare(count, popularity[past]);
          if (back === 0) own.set([Math.log1p(count), 0, share], 0);
          own[1] += weight * count;
          own[3] += weight * share;
        });
        forEachCandidate(together(past), (place, item, count) => {
          const own = row(place);
          const usual = Math.sqrt((popularity[past] + fewCounts) * (popularity[item] + fewCounts));
          const cosine = (scale * count) / usual;
          if (back === 0) own[4] = cosine;
          own[5] += weight * cosine;
          own[6] = Math.max(own[6], cosine);
        });
      }
      for (const [place, { item }] of candidates.entries()) {
        row(place)[1] = Math.log1p(row(place)[1]);
        placeOf[item] = 0;
      }
    },
  };
}
