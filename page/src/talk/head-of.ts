import { itemCounts } from './item-counts.ts';
import type { Turn } from './turn.ts';

/** What stands above the items, a line each: the server's words for what was understood and what does not fit. */
export function headOf({ question, from, said, state, items, understood, isPopular }: Turn): string[] {
  if (state === 'answering') return items.length === 0 ? ['Looking'] : [];
  if (state === 'failed') return [];
  if (understood) return understood.says;
  if (question !== null) return [said];
  if (items.length === 0) return ['Nothing is left to recommend.'];
  if (isPopular) return ['Popular now'];
  const had = itemCounts(from);
  const [{ item: first }] = had;
  return [
    had.length === 1
      ? `Likely next after *${first.title || first.item_id}*:`
      : `Likely next after a history of ${had.length} items:`,
  ];
}
