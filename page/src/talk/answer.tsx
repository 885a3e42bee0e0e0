import { othersTitle } from '../../../orchestrator/shared/others-title.ts';
import { Failure } from '../parts/failure.tsx';
import { currencyNote } from '../parts/item-facts.ts';
import { Chips } from './chips.tsx';
import { headOf } from './head-of.ts';
import { ItemRow } from './item-row.tsx';
import { askAgain } from './session.ts';
import { SoldOut } from './sold-out.tsx';
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
  const firstUnmatched = items.findIndex(({ matched }) => !matched);
  // Where nothing matches at all, the words above say so.
  const matching = firstUnmatched > 0 ? items.slice(0, firstUnmatched) : items;
  const others = firstUnmatched > 0 ? items.slice(firstUnmatched) : [];
  const rows = (some: Turn['items'], start: number) =>
    some.map((item, at) => <ItemRow key={item.item_id} item={item} place={start + at + 1} turn={turn} />);
  const head = headOf(turn);
  return (
    <li class="turn">
      <h2 tabIndex={-1} class={question === null ? 'sr-only' : 'asked'}>
        {question ?? 'Recommended'}
      </h2>
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
      {items.length > 0 && <ol class="item-cards">{rows(matching, 0)}</ol>}
      {others.length > 0 && (
        <>
          <p class="divider">
            <span>{othersTitle(others)}</span>
          </p>
          <ol class="item-cards" start={matching.length + 1}>
            {rows(others, matching.length)}
          </ol>
        </>
      )}
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
