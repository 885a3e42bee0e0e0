import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../parts/icon.tsx';
import { done } from './memory.ts';

/** Long enough to be read out and reached. */
const shownSeconds = 20;

/** What was just done, with the way back, also by Ctrl+Z. It stays while the pointer or the focus is on it. */
export function UndoBar() {
  const bar = useRef<HTMLDivElement>(null);
  const before = useRef<Element | null>(null);
  const latest = done.value;
  useEffect(() => {
    if (!latest) return;
    before.current = document.activeElement;
    const timer = setInterval(() => {
      if (!bar.current?.matches(':hover, :focus-within') && done.value === latest) done.value = null;
    }, 1000 * shownSeconds);
    const undoByKey = (event: KeyboardEvent) => {
      const isUndo = event.key === 'z' && (event.ctrlKey || event.metaKey) && !event.shiftKey;
      // In a field it takes back letters.
      if (!isUndo || (event.target as Element).closest('input, textarea')) return;
      event.preventDefault();
      latest.undo();
      done.value = null;
    };
    document.addEventListener('keydown', undoByKey);
    return () => {
      clearInterval(timer);
      document.removeEventListener('keydown', undoByKey);
    };
  }, [latest]);
  const close = (undo?: () => void) => {
    undo?.();
    done.value = null;
    const title = bar.current?.closest('dialog')?.querySelector('h2');
    const stays = before.current?.isConnected && before.current !== document.body ? before.current : null;
    ((stays as HTMLElement | null) ?? title ?? document.getElementById('content'))?.focus();
  };
  return (
    <div ref={bar} class="undo-place" role="status">
      {latest && (
        <div class="undo-bar">
          <p>{latest.said}</p>
          <button
            type="button"
            aria-keyshortcuts="Control+Z Meta+Z"
            title="Ctrl+Z"
            onClick={() => close(latest.undo)}
          >
            Undo
          </button>
          <button type="button" class="quiet icon-button" aria-label="Close the note" onClick={() => close()}>
            <Icon name="close" />
          </button>
        </div>
      )}
    </div>
  );
}
