import type { Spread } from '../rules/diversity.ts';

/** An item that a search has found. */
export interface Found {
  item: number;
  score: number;
  matched: boolean;
  /** Nobody took it in training, and it has a place of its own. */
  cold?: true;
  /** How often its probability counts; 1 where nothing is boosted. */
  factor: number;
  /** Higher stands earlier. */
  order: number;
}

/** The first k by their order, each kind of items at most as often as the spread allows. */
export function pickItems(found: readonly Found[], k: number, spread: Spread | null): Found[] {
  // Sorting keeps the order of equal ones, which is that of the search.
  const sorted = [...found].sort((a, b) => b.order - a.order);
  if (!spread) return sorted.slice(0, k);
  const counts = new Map<string, number>();
  const picked: Found[] = [];
  for (const each of sorted) {
    if (picked.length === k) break;
    const groups = spread.groupsOf(each.item);
    if (groups.some((group) => (counts.get(group) ?? 0) >= spread.max)) continue;
    for (const group of groups) counts.set(group, (counts.get(group) ?? 0) + 1);
    picked.push(each);
  }
  return picked;
}
