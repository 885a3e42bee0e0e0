import { useSignal } from '@preact/signals';
import type { StartAnswer } from '../../../orchestrator/server/page/wire.ts';
import { postJson } from '../api/request.ts';
import { Failure } from '../parts/failure.tsx';
import { Icon } from '../parts/icon.tsx';
import { about } from '../state/about.ts';
import { draft, keepDraft } from '../state/draft.ts';
import { goTo } from '../state/route.ts';

/** Names the run and starts it, where the server allows that. */
export function StartRun({ name, text, isSound }: { name: string; text: string; isSound: boolean }) {
  const busy = useSignal(false);
  const error = useSignal<string | null>(null);
  if (!about.value?.allow_runs)
    return (
      <p class="hint">
        Runs are started from here when the server has <code class="option">--allow-runs</code>.
      </p>
    );
  const start = async (event: Event) => {
    event.preventDefault();
    busy.value = true;
    error.value = null;
    try {
      const started = await postJson<StartAnswer>('page/runs', { name, text });
      goTo(['runs', started.name]);
    } catch (cause) {
      error.value = (cause as Error).message;
    }
    busy.value = false;
  };
  return (
    <form class="start-run" onSubmit={start}>
      <label>
        run as{' '}
        <input
          type="text"
          required
          pattern="[a-zA-Z0-9][a-zA-Z0-9._\-]{0,63}"
          title="letters, digits, dots, - or _"
          autocomplete="off"
          spellcheck={false}
          value={name}
          onInput={(event) => {
            // What was wrong with another name says nothing of this one.
            error.value = null;
            keepDraft({ ...draft.value, name: event.currentTarget.value });
          }}
        />
      </label>
      <button type="submit" class="primary" disabled={!isSound || busy.value}>
        <Icon name="play" /> {busy.value ? 'Starting …' : 'Start'}
      </button>
      {error.value && <Failure message={error.value} />}
    </form>
  );
}
