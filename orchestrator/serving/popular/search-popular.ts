import type { Candidates } from '../../decoding/candidates.ts';
import type { RankedCode } from '../../evaluation/evaluate-lists.ts';
import type { Search } from '../search/search-list.ts';
import type { PopularItems } from './popular-items.ts';

/** Popular items stand in their order by themselves: a search may be as wide as a list can be long. */
const width = 100;

/** A search of popular items, and how popular each of them is. */
export interface PopularSearch extends Search {
  items: PopularItems;
}

/** Searches popular items as the model's are searched, so that all rules of a list hold for them, too. */
export function searchPopular(items: PopularItems): PopularSearch {
  const { order, scores } = items;
  const best = (candidates: Candidates | null): RankedCode[] => {
    const list: RankedCode[] = [];
    for (let place = 0; place < order.length && list.length < width; place++) {
      const item = order[place];
      if (!candidates?.without?.has(item) && (candidates?.only?.has(item) ?? true))
        list.push({ items: [item], score: scores[item] });
    }
    return list;
  };
  return { look: async (asked) => asked.map(best), width, items };
}
