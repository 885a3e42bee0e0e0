import { isSoldOut } from '../../../orchestrator/shared/sold-out.ts';
import { ask } from './session.ts';
import type { Turn } from './turn.ts';

/** Why something that is sold out stands in an answer, and the way to leave it out. */
export function SoldOut({ turn: { question, items } }: { turn: Turn }) {
  // Who asked about one item is told of it; what was not asked for in words has a heading of its own.
  const gone = items.filter((item) => item.why?.kind !== 'listed' && isSoldOut(item));
  if (gone.length === 0 || question === null) return null;
  // What fits and is sold out still stands before what does not fit.
  const isBeforeOthers = items.slice(items.indexOf(gone[0])).some((item) => !isSoldOut(item));
  return (
    <p class="hint sold-out">
      {gone.length === 1
        ? 'One of these is sold out and stands'
        : `${gone.length} of these are sold out and stand`}{' '}
      behind what {isBeforeOthers && 'fits as well and '}is in stock.{' '}
      <button type="button" class="link" onClick={() => ask('only what is in stock')}>
        Only what is in stock
      </button>
    </p>
  );
}
