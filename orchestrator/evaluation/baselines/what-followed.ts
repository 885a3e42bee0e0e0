import { trainingSequence } from '../../dataset/training-sequence.ts';
import type { Dataset } from '../../dataset/types.ts';
import { countRows } from '../count-rows.ts';
import { groupByItem } from '../group-by-item.ts';
import { popularityOf } from '../popularity.ts';
import { sparseBaseline } from './baseline.ts';

/** Items at the end of the history that are asked, and what each counts beside the one after it. */
const lastItems = 5;
const decay = 0.5;

/**
 * What followed last time: how often an item came right after the last one, as a share of all that did, and with half the
 * weight a step the same of the items before it; then what was bought most.
 */
export const whatFollowed = sparseBaseline('what-followed', ({ dataset }) => {
  const nextOf = followers(dataset);
  return {
    score: ({ history }, add) => {
      for (let back = 0; back < Math.min(lastItems, history.length); back++) {
        const { items, counts, sum } = nextOf(history[history.length - 1 - back]);
        const weight = decay ** back;
        for (let at = 0; at < items.length; at++) add(items[at], (weight * counts[at]) / sum);
      }
    },
    fallback: popularityOf(dataset),
  };
});

/** How often each item came right after another in the training events. */
function followers(dataset: Dataset) {
  const { items, userIds } = dataset;
  const next = groupByItem(items.length, (each) => {
    for (let user = 0; user < userIds.length; user++) {
      const sequence = trainingSequence(dataset, user);
      for (let at = 1; at < sequence.length; at++) each(sequence[at - 1], sequence[at]);
    }
  });
  return countRows(items.length, (item, meet) => {
    for (let at = next.offsets[item]; at < next.offsets[item + 1]; at++) meet(next.values[at]);
  });
}
