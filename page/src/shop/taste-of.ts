import type { ItemCard } from '../../../orchestrator/serving/contract/items.ts';
import { itemCounts } from '../talk/item-counts.ts';

/** Of so many purchases, about as many as "Bought before" shows at first, and as the model looks at most. */
const latest = 6;

/**
 * `Dogs › Toys, Food`: where most of the latest things were bought, and the two kinds that were bought most there; what
 * came later counts first where there is as much of both. Else how much was bought at all.
 */
export function tasteOf(items: readonly ItemCard[]): string {
  const paths = items
    .slice(-latest)
    .toReversed()
    .flatMap(({ categories = [] }) => (categories.length > 0 ? [categories.slice(-2)] : []));
  const [shelf] = mostOften(paths.map(([first]) => first));
  if (shelf === undefined) return `${itemCounts(items).length} items bought`;
  const kinds = mostOften(paths.flatMap(([first, kind]) => (first === shelf && kind ? [kind] : [])));
  return [shelf, kinds.slice(0, 2).join(', ')].filter(Boolean).join(' › ');
}

function mostOften(names: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).map(([name]) => name);
}
