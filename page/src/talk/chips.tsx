import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../parts/icon.tsx';
import { asSaid } from './in-other-words.ts';
import { changePart, removePart } from './session.ts';
import type { Part, Turn } from './turn.ts';

/** What was understood, a chip each; those of the latest question can be removed, or said in other words. */
export function Chips({ turn, isLatest }: { turn: Turn; isLatest: boolean }) {
  const parts = turn.understood?.parts ?? [];
  if (parts.length === 0) return null;
  const isOpen = isLatest && turn.state !== 'answering';
  return (
    <ul class="chips" aria-label="What was understood">
      {parts.map((part) =>
        isOpen ? (
          <Chip key={part.key} turn={turn} part={part} />
        ) : (
          <li key={part.key} class={lookOf(part)}>
            <span class="chip-text">{textOf(part)}</span>
          </li>
        ),
      )}
    </ul>
  );
}

/** What was guessed, or could not be applied, does not look like what was said and counts. */
function lookOf({ kind, guessed, aside }: Part): string {
  return `chip chip-${kind}${guessed ? ' is-guess' : ''}${aside ? ' is-aside' : ''}`;
}

/** A question narrows nothing. */
function textOf({ kind, text }: Part): string {
  return kind === 'question' ? `question: ${text}` : text;
}

/** What can be said in other words; what was asked about or mended can only be taken away. */
const sayable: ReadonlySet<string> = new Set(['wish', 'brand', 'without', 'limit', 'order', 'had', 'liked']);

function Chip({ turn, part }: { turn: Turn; part: Part }) {
  const isEdited = useSignal(false);
  const button = useRef<HTMLButtonElement>(null);
  const wasEdited = useRef(false);
  useLayoutEffect(() => {
    // The field has gone with the focus in it.
    if (wasEdited.current && document.activeElement === document.body) button.current?.focus();
    wasEdited.current = isEdited.value;
  }, [isEdited.value]);
  const text = sayable.has(part.kind) ? (
    <button
      ref={button}
      type="button"
      class="chip-text"
      aria-label={`Change: ${part.text}`}
      title="Say it in other words"
      onClick={() => {
        isEdited.value = true;
      }}
    >
      {part.text}
    </button>
  ) : (
    <span class="chip-text">{textOf(part)}</span>
  );
  if (isEdited.value)
    return (
      <li class={`chip chip-${part.kind} is-edited`}>
        <EditPart
          turn={turn}
          part={part}
          onDone={() => {
            isEdited.value = false;
          }}
        />
      </li>
    );
  return (
    <li class={lookOf(part)}>
      {text}
      <button
        type="button"
        class="chip-remove"
        aria-label={`Remove: ${part.text}`}
        title="Remove"
        onClick={(event) => {
          // The chips go until the answer is there; the question stays.
          event.currentTarget.closest('.turn')?.querySelector('h2')?.focus({ preventScroll: true });
          void removePart(turn, part);
        }}
      >
        <Icon name="close" />
      </button>
    </li>
  );
}

/** Enter says the new words; Escape, or leaving the field, lets all be as it was. */
function EditPart({ turn, part, onDone }: { turn: Turn; part: Part; onDone: () => void }) {
  const field = useRef<HTMLInputElement>(null);
  const said = asSaid(part);
  useLayoutEffect(() => field.current?.select(), []);
  const send = (event: Event) => {
    event.preventDefault();
    const words = field.current?.value.trim() ?? '';
    const isChanged = words !== '' && words !== said;
    // What is said is a question like any other.
    if (isChanged) document.getElementById('question')?.focus();
    onDone();
    if (isChanged) void changePart(turn, part, words);
  };
  return (
    <form onSubmit={send}>
      <input
        ref={field}
        type="text"
        aria-label={`Instead of: ${part.text}`}
        defaultValue={said}
        size={Math.max(8, said.length + 2)}
        maxLength={300}
        onBlur={onDone}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onDone();
        }}
      />
    </form>
  );
}
