import { useSignal } from '@preact/signals';
import type { RunSummary } from '../../../orchestrator/server/page/wire.ts';
import { postJson } from '../api/request.ts';
import { Failure } from '../parts/failure.tsx';
import { Icon } from '../parts/icon.tsx';
import { about } from '../state/about.ts';
import { keepDraft } from '../state/draft.ts';
import { goTo, linkTo } from '../state/route.ts';

export interface RunActionsProps {
  name: string;
  status: RunSummary['status'];
  /** Only what was started from the page can be stopped from it. */
  isStartedHere: boolean;
  hasIndex: boolean;
  /** It failed, was stopped, or was to end early. */
  canGoOn: boolean;
  recipe: string;
}

/** What can be done with a run. */
export function RunActions({ name, status, isStartedHere, hasIndex, canGoOn, recipe }: RunActionsProps) {
  const busy = useSignal(false);
  const error = useSignal<string | null>(null);
  const act = async (action: 'stop' | 'resume') => {
    busy.value = true;
    error.value = null;
    try {
      await postJson(`page/runs/${name}/${action}`, {});
      window.location.reload();
    } catch (cause) {
      error.value = (cause as Error).message;
      busy.value = false;
    }
  };
  const mayRun = about.value?.allow_runs ?? false;
  return (
    <div class="actions">
      {hasIndex && (
        <a class="button" href={linkTo(['index', name])}>
          <Icon name="index" /> See its index
        </a>
      )}
      <button
        type="button"
        class={status === 'failed' ? 'primary' : undefined}
        disabled={recipe === ''}
        onClick={() => {
          keepDraft({ name: `${name.replace(/@\d+$/, '')}-2`, text: recipe });
          goTo(['compose']);
        }}
      >
        <Icon name="compose" /> Compose from it
      </button>
      {mayRun && status === 'running' && isStartedHere && (
        <button type="button" disabled={busy.value} onClick={() => act('stop')}>
          <Icon name="stop" /> {busy.value ? 'Stopping …' : 'Stop'}
        </button>
      )}
      {mayRun && canGoOn && (
        <button
          type="button"
          // What failed fails again as long as nothing is changed.
          class={status === 'failed' ? undefined : 'primary'}
          disabled={busy.value}
          onClick={() => act('resume')}
        >
          <Icon name="play" /> {status === 'failed' ? 'Try again' : 'Go on'}
        </button>
      )}
      {error.value && <Failure message={error.value} />}
    </div>
  );
}
