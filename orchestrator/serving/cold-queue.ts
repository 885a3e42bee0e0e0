import type { ColdItems } from '../opened-run/cold-items.ts';
import { decodeAll } from './decode-all.ts';
import { decodeTogether } from './decode-together.ts';
import { createOffer } from './offer.ts';
import type { ColdSearch } from './search/search-with-cold.ts';

/** The cold items of an open run. */
export interface ColdQueue {
  /** Lists behind a history alone hold them already. */
  ranked: boolean;
  has(item: number): boolean;
  /**
   * The search behind a history, oldest first. It knows nothing of a wish: where there is one, it ranks only the items
   * whose texts match it.
   */
  after(
    asked: { history: readonly number[]; matches: ReadonlySet<number> | null },
    signal?: AbortSignal,
  ): ColdSearch;
  idle(): Promise<void>;
}

/** Histories that are asked about at the same time are scored together. `items`: of the whole catalogue. */
export function createColdQueue(
  { items, others, placing, ranked, width, rank }: ColdItems,
  catalogue: number,
  batch: number,
): ColdQueue {
  const queue = decodeTogether({ decode: rank, batch, waiting: Number.POSITIVE_INFINITY });
  const offered = createOffer(catalogue);
  const sides = {
    cold: (allowed: ReadonlySet<number> | null) => offered(others, allowed) ?? items,
    others: (allowed: ReadonlySet<number> | null) => offered(items, allowed),
  };
  const sidesOf = (matches: ReadonlySet<number>): typeof sides => {
    const own = new Set([...matches].filter((item) => items.has(item)));
    return {
      cold: (allowed) => new Set([...own].filter((item) => allowed?.has(item) ?? true)),
      others: (allowed) => offered(own, allowed),
    };
  };
  return {
    ranked,
    has: (item) => items.has(item),
    after: ({ history, matches }, signal) => {
      const asked = Int32Array.from(history);
      return {
        search: { look: (candidates) => decodeAll({ prompt: asked }, candidates, queue, signal), width },
        placing,
        ...(matches ? sidesOf(matches) : sides),
      };
    },
    idle: queue.idle,
  };
}
