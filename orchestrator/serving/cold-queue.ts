import type { ColdItems } from '../opened-run/cold-items.ts';
import { decodeAll } from './decode-all.ts';
import { decodeTogether } from './decode-together.ts';
import { createOffer } from './offer.ts';
import type { ColdSearch } from './search/search-with-cold.ts';

/** The cold items of an open run. */
export interface ColdQueue {
  has(item: number): boolean;
  /** The search behind a history, oldest first. */
  after(history: readonly number[], signal: AbortSignal | undefined): ColdSearch;
  idle(): Promise<void>;
}

/** Histories that are asked about at the same time are scored together. `items`: of the whole catalogue. */
export function createColdQueue(
  { items, others, placing, width, rank }: ColdItems,
  catalogue: number,
  batch: number,
): ColdQueue {
  const queue = decodeTogether({ decode: rank, batch, waiting: Number.POSITIVE_INFINITY });
  const offered = createOffer(catalogue);
  const cold = (allowed: ReadonlySet<number> | null) => offered(others, allowed) ?? items;
  const warm = (allowed: ReadonlySet<number> | null) => offered(items, allowed) ?? others;
  return {
    has: (item) => items.has(item),
    after: (history, signal) => {
      const asked = Int32Array.from(history);
      return {
        search: { look: (candidates) => decodeAll(asked, candidates, queue, signal), width },
        placing,
        cold,
        others: warm,
      };
    },
    idle: queue.idle,
  };
}
