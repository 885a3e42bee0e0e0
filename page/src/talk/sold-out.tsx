import { isSoldOut } from '../../../orchestrator/shared/sold-out.ts';
import { ask } from './session.ts';
import type { Turn } from './turn.ts';

/** Why something that is sold out stands in an answer, and the way to leave it out. */
export function SoldOut({ turn: { question, items } }: { turn: Turn }) {
  // Who asked about one item is told of it.
  const count = items.filter((item) => item.why?.kind !== 'listed' && isSoldOut(item)).length;
  if (count === 0) return null;
  return (
    <p class="hint sold-out">
      {count === 1 ? 'One of these is sold out and stands' : `${count} of these are sold out and stand`}{' '}
      behind what is in stock.{' '}
      {question !== null && (
        <button type="button" class="link" onClick={() => ask('only what is in stock')}>
          Only what is in stock
        </button>
      )}
    </p>
  );
}
