import type { Dataset } from '../dataset/types.ts';
import type { Scorer } from './evaluate-scorer.ts';

/** [items] how often each item stands in the training events; validation and test events do not count. */
export function popularityOf(dataset: Dataset): Float32Array {
  const counts = new Float32Array(dataset.items.length);
  for (let user = 0; user < dataset.userIds.length; user++)
    for (let at = dataset.offsets[user]; at < dataset.trainEnd[user]; at++) counts[dataset.events[at]]++;
  return counts;
}

/** The baseline that recommends the same to everyone: what was bought most. */
export function popularityScorer(dataset: Dataset): Scorer {
  const counts = popularityOf(dataset);
  return async (histories) => {
    const scores = new Float32Array(histories.length * counts.length);
    for (let row = 0; row < histories.length; row++) scores.set(counts, row * counts.length);
    return scores;
  };
}
