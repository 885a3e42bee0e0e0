import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../parts/icon.tsx';
import { done } from './memory.ts';

/** Long enough to be read out and reached. */
const shownSeconds = 20;

/** What was just done, with the way back. It stays while the pointer or the focus is on it. */
export function UndoBar() {
  const bar = useRef<HTMLDivElement>(null);
  const latest = done.value;
  useEffect(() => {
    if (!latest) return;
    const timer = setInterval(() => {
      if (!bar.current?.matches(':hover, :focus-within') && done.value === latest) done.value = null;
    }, 1000 * shownSeconds);
    return () => clearInterval(timer);
  }, [latest]);
  const close = (undo?: () => void) => {
    undo?.();
    done.value = null;
    const title = bar.current?.closest('dialog')?.querySelector('h2');
    (title ?? document.getElementById('content'))?.focus();
  };
  return (
    <div ref={bar} class="undo-place" role="status">
      {latest && (
        <div class="undo-bar">
          <p>{latest.said}</p>
          <button type="button" onClick={() => close(latest.undo)}>
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
