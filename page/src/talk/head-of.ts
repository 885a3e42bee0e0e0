import type { Turn } from './turn.ts';

/** What stands above the items, a line each: the server's words where it tells what it understood. */
export function headOf({ head, from, query, state, items, understood, isPopular }: Turn): string[] {
  if (state === 'answering' && items.length === 0) return ['Looking'];
  if (state === 'failed') return [];
  if (understood) return linesOf(head);
  if (state === 'done' && items.length === 0) return head ? linesOf(head) : ['Nothing is left to recommend.'];
  if (isPopular) return ['Popular now'];
  const after =
    from.length === 0
      ? ''
      : from.length === 1
        ? ` after *${from[0].title || from[0].item_id}*`
        : ` after a history of ${from.length} items`;
  if (!query) return [`Likely next${after}`];
  const isFound = items.some(({ matched }) => matched);
  return [isFound ? `Found for *${query}*${after}` : `Nothing matches *${query}*. Likely instead${after}:`];
}

/** The page draws the line between what matches and what does not itself. */
function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('Not matching, but likely'));
}
