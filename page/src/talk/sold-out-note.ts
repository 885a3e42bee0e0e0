import { isSoldOut } from '../../../orchestrator/shared/sold-out.ts';
import type { Turn } from './turn.ts';

/** Where what is sold out stands in an answer in words; null where nothing is, or it has a heading of its own. */
export function soldOutNote({ question, items }: Pick<Turn, 'question' | 'items'>): string | null {
  // Who asked about one item is told of it.
  const gone = items.filter((item) => item.why?.kind !== 'listed' && isSoldOut(item));
  if (gone.length === 0 || question === null) return null;
  // What fits and is sold out still stands before what does not fit.
  const isBeforeOthers = items.slice(items.indexOf(gone[0])).some((item) => !isSoldOut(item));
  const what =
    gone.length === 1
      ? 'One of these is sold out and stands'
      : `${gone.length} of these are sold out and stand`;
  return `${what} behind what ${isBeforeOthers ? 'fits as well and ' : ''}is in stock.`;
}
