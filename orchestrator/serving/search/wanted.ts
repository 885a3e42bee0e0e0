import type { BoostedItems } from '../rules/boosts.ts';
import type { Spread } from '../rules/diversity.ts';
import type { Found } from './pick-items.ts';

/** What may stand in a list. */
export interface Wanted {
  k: number;
  excluded: ReadonlySet<number>;
  /** They come first. */
  matches: ReadonlySet<number>;
  /** Null for all. */
  allowed: ReadonlySet<number> | null;
  boosted: readonly BoostedItems[];
  spread: Spread | null;
  /** Items of the same list that are found already, on no shelf: they count for the spread. */
  standing?: readonly Found[];
}
