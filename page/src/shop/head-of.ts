import type { FoundItems } from '../../../orchestrator/serving/contract/items.ts';

/** What stands above the items of a search: what was understood, and what has to be said before. */
export function headOf(
  query: string,
  found: Pick<FoundItems, 'count' | 'understood'> | null,
): { lead: string; notes: string[] } {
  const says = found?.understood?.says ?? [];
  const typed = found?.count === 0 ? `Nothing is called “${query}”` : `“${query}”`;
  return { lead: says.at(-1)?.replace(/:$/, '') ?? typed, notes: says.slice(0, -1) };
}
