import type { Dataset } from '../../dataset/types.ts';
import type { CustomerEvents } from '../events/customer-events.ts';
import { popularItems } from './popular-items.ts';
import { type PopularSearch, searchPopular } from './search-popular.ts';

/** All events are counted again: under a stream of them not more often than this. */
const everySeconds = 10;

/** What is popular by the log of the training and the events that were sent since. */
export function popularNow(
  dataset: Dataset,
  days: number,
  events: Pick<CustomerEvents, 'all' | 'revision'> | undefined,
): () => PopularSearch {
  let made: { search: PopularSearch; revision: number; at: number } | undefined;
  return () => {
    const revision = events?.revision() ?? 0;
    const now = performance.now();
    if (!made || (made.revision !== revision && now - made.at > 1000 * everySeconds))
      made = { search: searchPopular(popularItems(dataset, days, events?.all())), revision, at: now };
    return made.search;
  };
}
