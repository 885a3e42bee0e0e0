import { popularityOf } from '../popularity.ts';
import { sparseBaseline } from './baseline.ts';

/** "Buy again": the user's own items, the most often bought first, then the latest; then what was bought most. */
export const buyAgain = sparseBaseline('buy-again', ({ dataset, listsSeen }) =>
  listsSeen
    ? {
        score: ({ seen }, add) => {
          const latest = new Map<number, number>();
          for (const [at, item] of seen.entries()) {
            add(item, 1);
            latest.set(item, (at + 1) / (seen.length + 1));
          }
          for (const [item, recency] of latest) add(item, recency);
        },
        fallback: popularityOf(dataset),
      }
    : { leftOut: 'nobody in the training log takes an item again' },
);
