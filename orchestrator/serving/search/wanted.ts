import type { BoostedItems } from '../rules/boosts.ts';
import type { Spread } from '../rules/diversity.ts';

/** Items that come before those of later groups, and before all that are in none. */
export interface Group {
  items: ReadonlySet<number>;
  /** Whether they fit what is asked for. */
  matched: boolean;
}

/** What may stand in a list. */
export interface Wanted {
  k: number;
  excluded: ReadonlySet<number>;
  /** The first come first; an item belongs to the first group that has it. */
  groups: readonly Group[];
  /** Null for all. */
  allowed: ReadonlySet<number> | null;
  boosted: readonly BoostedItems[];
  spread: Spread | null;
}
