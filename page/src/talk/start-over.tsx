import { type Customer, dislikes, hasAny, history, likes, startAs, turns, undoably } from './memory.ts';

/** Says how long things are kept, and begins anew: as this customer, or with nothing. Nothing while there is nothing to forget. */
export function StartOver({ who }: { who: Customer | null }) {
  const isUntouched =
    who !== null &&
    history.value.map(({ item_id }) => item_id).join() === who.history.map(({ item_id }) => item_id).join() &&
    turns.value.length + likes.value.length + dislikes.value.length === 0;
  if (!hasAny.value || isUntouched) return null;
  return (
    <p class="hint start-over">
      Kept in this tab until you close it.{' '}
      <button
        type="button"
        class="link"
        title="Forget the conversation, the history and the marks"
        onClick={() => {
          // The button has nothing more to forget, and cannot keep the focus.
          document.getElementById('question')?.focus();
          undoably('Started over', () => startAs(who));
        }}
      >
        Start over
      </button>
    </p>
  );
}
