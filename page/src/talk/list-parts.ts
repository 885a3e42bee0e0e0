import type { ItemCard } from '../../../orchestrator/serving/contract/items.ts';
import { isSoldOut } from '../../../orchestrator/shared/sold-out.ts';

type Shown = Pick<ItemCard, 'item_id' | 'attributes'>;

/** So much of what one has already stands beside what is new. */
const mostAgain = 4;

/** What is shown of a list: what is new, what one has already, and, where too little is new, what is sold out. */
export function shownOf<T extends Shown>(items: readonly T[], had: readonly string[], k: number): T[] {
  const { fresh, soldOut } = partsOf(items, had);
  // What stands further down is likely for a thing that one has, but not likely next.
  const { again } = partsOf(items.slice(0, k + mostAgain), had);
  const stopgaps = soldOut.slice(0, Math.max(0, k - fresh.length));
  return [...fresh.slice(0, k), ...again.slice(0, mostAgain), ...stopgaps];
}

/** A list in three, each in its order; what one has and cannot have again is in none. */
export function partsOf<T extends Shown>(items: readonly T[], had: readonly string[]) {
  const own = new Set(had);
  const isHad = ({ item_id }: T) => own.has(item_id);
  return {
    fresh: items.filter((item) => !isHad(item) && !isSoldOut(item)),
    again: items.filter((item) => isHad(item) && !isSoldOut(item)),
    soldOut: items.filter((item) => !isHad(item) && isSoldOut(item)),
  };
}
