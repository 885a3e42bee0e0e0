import { Fragment } from 'preact';
import { Failure } from '../parts/failure.tsx';
import { currencyNote } from '../parts/item-facts.ts';
import { Chips } from './chips.tsx';
import { headOf } from './head-of.ts';
import { ItemRow } from './item-row.tsx';
import { sectionsOf } from './sections-of.ts';
import { askAgain } from './session.ts';
import { SoldOut } from './sold-out.tsx';
import { TakenAway } from './taken-away.tsx';
import type { Turn } from './turn.ts';
import { Words } from './words.tsx';

/** One turn: the question, what was understood of it, and the items that answer it. */
export function Answer({
  turn,
  isLatest,
  saysCurrency,
}: {
  turn: Turn;
  isLatest: boolean;
  /** Whether it says what prices are in. */
  saysCurrency: boolean;
}) {
  const { question, items, state, error, notes } = turn;
  const head = headOf(turn);
  return (
    <li class="turn">
      <h2 tabIndex={-1} class={question === null ? 'sr-only' : 'asked'}>
        {question ?? 'Recommended'}
      </h2>
      <TakenAway turn={turn} isLatest={isLatest} />
      <Chips turn={turn} isLatest={isLatest} />
      <div class="answer-head" role="status">
        {head.map((line) => (
          <p key={line}>
            <Words text={line} />
          </p>
        ))}
        {state === 'done' && items.length > 0 && (
          <p class="sr-only">{items.length === 1 ? '1 item' : `${items.length} items`}</p>
        )}
        {state === 'answering' && <span class="spinner" aria-hidden="true" />}
      </div>
      {error && <Failure message={error} />}
      {state === 'failed' && isLatest && (
        <button type="button" class="ask-again" onClick={() => askAgain(turn)}>
          Ask again
        </button>
      )}
      <Items turn={turn} />
      {state === 'done' && isLatest && <SoldOut turn={turn} />}
      {saysCurrency && <p class="hint">{currencyNote}</p>}
      {notes.map((note) => (
        <p key={note} class="hint">
          {note.charAt(0).toUpperCase() + note.slice(1)}.
        </p>
      ))}
    </li>
  );
}

/** Numbered through all sections: the next question may be about "the second one". */
function Items({ turn }: { turn: Turn }) {
  let shown = 0;
  return (
    <>
      {sectionsOf(turn).map(({ title, items }) => {
        const before = shown;
        shown += items.length;
        return (
          <Fragment key={title}>
            {title !== null && (
              <p class="divider">
                <span>{title}</span>
              </p>
            )}
            <ol class="item-cards" start={before + 1}>
              {items.map((item, at) => (
                <ItemRow key={item.item_id} item={item} place={before + at + 1} turn={turn} />
              ))}
            </ol>
          </Fragment>
        );
      })}
    </>
  );
}
