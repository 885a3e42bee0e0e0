import type { FeatureGroup } from './feature-group.ts';

/** How often an item is taken at all, how much is known of the user, and whether and when the user had the item. */
export function usualFeatures(popularity: Float32Array): FeatureGroup {
  return {
    names: ['popularity', 'length of the history', 'was had before', 'was had lately'],
    ofTakers: ['popularity'],
    fill(history, candidates, row) {
      for (const [place, { item }] of candidates.entries()) {
        const last = history.lastIndexOf(item);
        const lately = last >= 0 ? 1 / (history.length - last) : 0;
        row(place).set([Math.log1p(popularity[item]), Math.log(history.length), last >= 0 ? 1 : 0, lately]);
      }
    },
  };
}
