import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { wantsKey } from '../api/reach.ts';
import { keepApiKey } from '../api/request.ts';
import { Failure } from '../parts/failure.tsx';
import { loadAbout } from '../state/about.ts';

/** For servers that were started with API keys. */
export function AskForKey() {
  const key = useSignal('');
  const isRefused = useSignal(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const tryKey = async () => {
    isRefused.value = false;
    keepApiKey(key.value.trim());
    await loadAbout();
    isRefused.value = wantsKey.value;
    if (isRefused.value) field.current?.select();
  };
  return (
    <form
      class="card key-form"
      onSubmit={(event) => {
        event.preventDefault();
        void tryKey();
      }}
    >
      <h1>This server asks for a key</h1>
      <label for="api-key">API key</label>
      <input
        ref={field}
        id="api-key"
        type="password"
        autocomplete="off"
        aria-invalid={isRefused.value}
        value={key.value}
        onInput={(event) => {
          key.value = event.currentTarget.value;
        }}
      />
      {isRefused.value && <Failure message="The server does not take this key." />}
      <p class="hint">
        Whoever started the server has it: a line of the file of <code>--api-key-file</code>, or of{' '}
        <code>EAGER_LLM_API_KEYS</code>. It is kept for this tab alone.
      </p>
      <button type="submit" class="primary" disabled={key.value.trim() === ''}>
        Go on
      </button>
    </form>
  );
}
