import { useSignal } from '@preact/signals';
import { keepApiKey } from '../api/request.ts';
import { loadAbout } from '../state/about.ts';

/** For servers that were started with API keys. */
export function AskForKey() {
  const key = useSignal('');
  return (
    <form
      class="card key-form"
      onSubmit={(event) => {
        event.preventDefault();
        keepApiKey(key.value);
        void loadAbout();
      }}
    >
      <h1>This server asks for a key</h1>
      <label for="api-key">API key</label>
      <input
        id="api-key"
        type="password"
        autocomplete="off"
        value={key.value}
        onInput={(event) => {
          key.value = event.currentTarget.value;
        }}
      />
      <p class="hint">It is kept for this tab alone.</p>
      <button type="submit" class="primary" disabled={key.value === ''}>
        Go on
      </button>
    </form>
  );
}
