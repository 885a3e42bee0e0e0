import { Fragment } from 'preact';
import { putBack } from './session.ts';
import type { Turn } from './turn.ts';

/** What was taken away from a question, below it, so that question and answer agree; and the way back. */
export function TakenAway({ turn, isLatest }: { turn: Turn; isLatest: boolean }) {
  const latest = turn.earlier.at(-1);
  if (!latest) return null;
  return (
    <p class="taken-away">
      Taken away:{' '}
      {turn.earlier.map(({ part }, at) => (
        <Fragment key={part.key}>
          {at > 0 && ', '}
          <s>{part.text}</s>
        </Fragment>
      ))}{' '}
      {isLatest && turn.state !== 'answering' && (
        <button
          type="button"
          class="link"
          aria-label={`Put back: ${latest.part.text}`}
          onClick={(event) => {
            event.currentTarget.closest('.turn')?.querySelector('h2')?.focus({ preventScroll: true });
            putBack(turn);
          }}
        >
          Put back
        </button>
      )}
    </p>
  );
}
