import type { Dataset } from '../dataset/types.ts';

/** [items] how often each item stands in the training events; validation and test events do not count. */
export function popularityOf(dataset: Dataset): Float32Array {
  const counts = new Float32Array(dataset.items.length);
  for (let user = 0; user < dataset.userIds.length; user++)
    for (let at = dataset.offsets[user]; at < dataset.trainEnd[user]; at++) counts[dataset.events[at]]++;
  return counts;
}
