import type { Group } from '../search/wanted.ts';
import type { Fit } from '../wishes/fit-wish.ts';

/** Groups of one lane where fewer items fit than it has places. */
export interface NearLimits {
  groups: Group[];
  /** Items of the lane that miss a limit. */
  beyond: ReadonlySet<number>;
}

/**
 * Where fewer items fit than there are places, others of the kind follow: first those within the limits, then those
 * that miss a limit by the least; items that fit but for the limit come first among these.
 */
export function nearLimits(
  { groups }: Fit,
  k: number,
  isOpen: (item: number) => boolean,
  beyondOf: (item: number) => number | null,
): NearLimits {
  const open = groups.flatMap(({ items, matched }) => (matched ? [...items].filter(isOpen) : []));
  if (open.length >= k) return { groups, beyond: new Set() };
  const near = [true, false].flatMap((fitting) =>
    groups
      .filter(({ matched }) => matched === fitting)
      .flatMap(({ items }) => [...items].map((item) => ({ item, distance: beyondOf(item) ?? 0 })))
      .filter(({ item, distance }) => distance > 0 && !isOpen(item))
      .sort((a, b) => a.distance - b.distance),
  );
  const beyond = new Set(near.slice(0, k).map(({ item }) => item));
  const within = groups.map(({ items, matched }) => ({
    items: new Set([...items].filter((item) => !beyond.has(item))),
    matched,
  }));
  return {
    groups: [...within, ...[...beyond].map((item) => ({ items: new Set([item]), matched: false }))],
    beyond,
  };
}
