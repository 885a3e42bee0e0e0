import { type Matrix, rowOf } from '../../shared/matrix.ts';
import { type FeatureGroup, lateItems, weightOf } from './feature-group.ts';

/** How like the texts of an item are to those of the late items: cosines. `texts`: [items x width], rows of length 1. */
export function textFeatures(texts: Matrix): FeatureGroup {
  return {
    names: [
      'text like that of the last item',
      'text like that of one late item, at most',
      'text like those of late items',
    ],
    ofTakers: [],
    fill(history, candidates, row) {
      const late = [...lateItems(history)].map((item) => rowOf(texts, item));
      const sum = late.reduce((total, _, back) => total + weightOf(back), 0);
      for (const [place, { item }] of candidates.entries()) {
        const likeness = late.map((past) => product(past, rowOf(texts, item)));
        const mean = likeness.reduce((total, each, back) => total + weightOf(back) * each, 0) / sum;
        row(place).set([likeness[0], Math.max(...likeness), mean]);
      }
    },
  };
}

function product(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at] * b[at];
  return sum;
}
