import type { FoundItems } from '../../../orchestrator/serving/contract/items.ts';

/** What stands above the items of a search: what was understood, and what has to be said before. */
export function headOf(
  query: string,
  found: Pick<FoundItems, 'count' | 'understood'> | null,
): { lead: string; notes: string[] } {
  const says = found?.understood?.says ?? [];
  if (found?.count === 0 || says.length === 0)
    return { lead: found?.count === 0 ? 'Nothing found' : `“${query}”`, notes: [...says] };
  return { lead: (says.at(-1) ?? '').replace(/:$/, ''), notes: says.slice(0, -1) };
}
