import { useSignal } from '@preact/signals';
import { Icon } from '../parts/icon.tsx';
import { type Customer, turns } from './memory.ts';
import { ask } from './session.ts';
import { StartOver } from './start-over.tsx';

/** The field for a question; `who` one is after starting over. */
export function Question({ placeholder, who }: { placeholder: string; who: Customer | null }) {
  const text = useSignal('');
  const isAnswering = turns.value.some(({ state }) => state === 'answering');
  const send = (event: Event) => {
    event.preventDefault();
    const question = text.value.trim();
    if (question === '' || isAnswering) return;
    text.value = '';
    void ask(question);
  };
  return (
    <div class="question-bar">
      <form class="question" onSubmit={send}>
        <label class="sr-only" for="question">
          What was bought, or what is wanted
        </label>
        <textarea
          id="question"
          rows={1}
          maxLength={4000}
          placeholder={turns.value.length > 0 ? 'Cheaper? Without …? Others?' : placeholder}
          value={text.value}
          onInput={(event) => {
            text.value = event.currentTarget.value;
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) send(event);
          }}
        />
        <button
          type="submit"
          class="primary icon-button"
          aria-label="Ask"
          disabled={text.value.trim() === '' || isAnswering}
        >
          <Icon name="send" />
        </button>
      </form>
      <StartOver who={who} />
    </div>
  );
}
