import type { Item } from '../../dataset/types.ts';
import { itemFields } from '../../embedding/semantic/item-text.ts';
import { addRow, clearRow, multiplyRow, type SparseMatrix } from '../../embedding/semantic/sparse-matrix.ts';
import { tfIdf } from '../../embedding/semantic/tf-idf.ts';
import { createBreathe } from '../../shared/breathe.ts';
import { followedShare } from './counts.ts';
import { type FeatureGroup, lateItems, weightOf } from './feature-group.ts';
import type { Neighbours } from './neighbours.ts';

/** Words of what items are called, [items x terms]: TF-IDF, rows of length 1. Descriptions say too much else. */
export async function nameWords(items: readonly Item[]): Promise<SparseMatrix> {
  const texts = items.map((item) => itemFields(item, ['title', 'brand', 'categories', 'keywords']));
  return (await tfIdf(texts, {}, createBreathe())).matrix;
}

/**
 * Words that the name of a candidate shares with those of the late items, as cosines, and with those of what followed
 * these. A brand, say: the vectors of texts keep little of a rare word, and counts of single items nothing.
 * `words`: [items x terms], rows of length 1.
 */
export function wordFeatures(
  words: SparseMatrix,
  { followed }: Neighbours,
  popularity: Float32Array,
): FeatureGroup {
  /** [terms] of one late item, of what followed the last one, and of what followed all of them. */
  const [own, last, late] = [0, 1, 2].map(() => new Float64Array(words.columns));
  return {
    names: [
      'words of the last item',
      'words of one late item, at most',
      'words of late items',
      'words of what followed the last item',
      'words of what followed late items',
    ],
    ofTakers: [],
    fill(history, candidates, row) {
      const items = lateItems(history);
      const sum = items.reduce((total, _, back) => total + weightOf(back), 0);
      for (const [back, past] of items.entries()) {
        const weight = weightOf(back);
        addRow(words, past, 1, own);
        for (const [place, { item }] of candidates.entries()) {
          const cosine = multiplyRow(words, item, own);
          const features = row(place);
          if (back === 0) features[0] = cosine;
          features[1] = Math.max(features[1], cosine);
          features[2] += (weight / sum) * cosine;
        }
        clearRow(words, past, own);
        const { items: followers, counts } = followed(past);
        for (const [at, follower] of followers.entries()) {
          const share = followedShare(counts[at], popularity[past]);
          if (back === 0) addRow(words, follower, share, last);
          addRow(words, follower, weight * share, late);
        }
      }
      for (const [place, { item }] of candidates.entries())
        row(place).set([multiplyRow(words, item, last), multiplyRow(words, item, late)], 3);
      for (const past of items)
        for (const follower of followed(past).items) {
          clearRow(words, follower, last);
          clearRow(words, follower, late);
        }
    },
  };
}
