import { trainingSequence } from '../../dataset/training-sequence.ts';
import { countRows } from '../count-rows.ts';
import { groupByItem } from '../group-by-item.ts';
import { popularityOf } from '../popularity.ts';
import { sparseBaseline } from './baseline.ts';

/**
 * "Bought together": the sum over the items of the history of their cosines with an item, each item a vector of the users
 * who have it (Sarwar et al. 2001; Linden, Smith and York 2003); then what was bought most.
 */
export const boughtTogether = sparseBaseline('bought-together', ({ dataset }) => {
  const { items, userIds } = dataset;
  const baskets = userIds.map((_, user) => Int32Array.from(new Set(trainingSequence(dataset, user))));
  const buyers = groupByItem(items.length, (each) => {
    for (const [user, basket] of baskets.entries()) for (const item of basket) each(item, user);
  });
  const buyersOf = (item: number) => buyers.offsets[item + 1] - buyers.offsets[item];
  const together = countRows(items.length, (item, meet) => {
    for (let at = buyers.offsets[item]; at < buyers.offsets[item + 1]; at++)
      for (const other of baskets[buyers.values[at]]) if (other !== item) meet(other);
  });
  return {
    score: ({ history }, add) => {
      for (const item of new Set(history)) {
        const { items: others, counts } = together(item);
        const own = buyersOf(item);
        for (let at = 0; at < others.length; at++)
          add(others[at], counts[at] / Math.sqrt(own * buyersOf(others[at])));
      }
    },
    fallback: popularityOf(dataset),
  };
});
