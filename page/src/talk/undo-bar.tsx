import { useRef } from 'preact/hooks';
import { Icon } from '../parts/icon.tsx';
import { done } from './memory.ts';
import { useUndoKeys } from './use-undo-keys.ts';

/** As it is written on the keys. */
const keys = /Mac|iP/.test(navigator.platform) ? '⌘Z' : 'Ctrl+Z';

/** What was just done, with the way back. It stays until the next thing is done, or it is closed. */
export function UndoBar() {
  const bar = useRef<HTMLDivElement>(null);
  const latest = done.value;
  const close = useUndoKeys(bar, latest);
  return (
    <div class="undo-place">
      <div ref={bar} class={latest ? 'undo-bar' : undefined}>
        {/* Said aloud: it has to be there before there is something to say. */}
        <p role="status">{latest?.said}</p>
        {latest && (
          <>
            <button
              type="button"
              aria-keyshortcuts="Control+Z Meta+Z"
              title={keys}
              onClick={() => close(latest.undo)}
            >
              Undo <kbd>{keys}</kbd>
            </button>
            <button
              type="button"
              class="quiet icon-button"
              aria-label="Close the note"
              title="Close"
              onClick={() => close()}
            >
              <Icon name="close" />
            </button>
          </>
        )}
      </div>
    </div>
  );
}
