import type { Wanted } from './wanted.ts';

/** Items that are searched for together: whatever is better among them by the model stands earlier in the list. */
export interface Shelf {
  /** The items on it; undefined for all. */
  only: ReadonlySet<number> | undefined;
  /** Items that do not count: not wanted, on another shelf, or found already. It grows. */
  without: Set<number>;
  matched: boolean;
  /** How often the probability of its items counts. */
  factor: number;
  /** What is added to a score for the order of the list. */
  first: number;
  /** No item that is still to be found can stand earlier than this. */
  bound: number;
  /** Whether there may be more. */
  isOpen: boolean;
  /** Groups that are left out by now. */
  leftOut: Set<string>;
}

/** Beyond any difference of two log probabilities. */
export const beforeAll = 1e6;

/** Each wanted item stands on one shelf. */
export function shelvesOf({ excluded, groups, allowed, boosted }: Omit<Wanted, 'k' | 'spread'>): Shelf[] {
  const isAllowed = (item: number) => (allowed === null || allowed.has(item)) && !excluded.has(item);
  const shelves: Shelf[] = [];
  const addSome = (items: Iterable<number>, matched: boolean, factor: number, level: number) => {
    const only = new Set([...items].filter(isAllowed));
    if (only.size > 0) shelves.push(shelfOf(only, new Set(), matched, factor, level));
  };
  const placed = new Set<number>();
  for (const [at, { items, matched }] of groups.entries()) {
    const own = new Set([...items].filter((item) => !placed.has(item)));
    const level = groups.length - at;
    for (const { factor, items: raised } of boosted) {
      addSome(
        [...raised].filter((item) => own.has(item)),
        matched,
        factor,
        level,
      );
    }
    const isBoosted = (item: number) => boosted.some(({ items: raised }) => raised.has(item));
    addSome(
      [...own].filter((item) => !isBoosted(item)),
      matched,
      1,
      level,
    );
    for (const item of own) placed.add(item);
  }
  for (const { factor, items } of boosted) {
    addSome(
      [...items].filter((item) => !placed.has(item)),
      false,
      factor,
      0,
    );
  }
  for (const { items } of boosted) for (const item of items) placed.add(item);
  // The items that are allowed are not copied: what the search makes of them is kept.
  if (allowed?.size !== 0)
    shelves.push(shelfOf(allowed ?? undefined, new Set([...excluded, ...placed]), false, 1, 0));
  return shelves;
}

function shelfOf(
  only: Shelf['only'],
  without: Set<number>,
  matched: boolean,
  factor: number,
  level: number,
): Shelf {
  const first = Math.log(factor) + level * beforeAll;
  // A log probability is 0 at most.
  return { only, without, matched, factor, first, bound: first, isOpen: true, leftOut: new Set() };
}
