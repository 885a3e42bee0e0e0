import { ask } from './session.ts';
import { soldOutNote } from './sold-out-note.ts';
import type { Turn } from './turn.ts';

/** Why something that is sold out stands in an answer, and the way to leave it out. */
export function SoldOut({ turn }: { turn: Turn }) {
  const note = soldOutNote(turn);
  if (note === null) return null;
  return (
    <p class="hint sold-out">
      {note}{' '}
      <button type="button" class="link" onClick={() => ask('only what is in stock')}>
        Only what is in stock
      </button>
    </p>
  );
}
