import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { type Done, done } from './memory.ts';

/** What Tab has led to already: it does so once for each thing that is done. */
let reached: Done | null = null;

/**
 * The keys of the bar that takes back what was done: Ctrl+Z does it from anywhere; right after it was done, the bar is the
 * next stop of Tab, and behind it, or with Escape, one goes on from where one was. Returns how the bar is closed.
 */
export function useUndoKeys(
  bar: RefObject<HTMLElement | null>,
  latest: Done | null,
): (undo?: () => void) => void {
  const before = useRef<Element | null>(null);
  const back = () => {
    const { current: was } = before;
    const stays = was?.isConnected && was !== document.body ? (was as HTMLElement) : null;
    const title = bar.current?.closest('dialog')?.querySelector('h2');
    (stays ?? title ?? document.getElementById('content'))?.focus();
  };
  const close = (undo?: () => void) => {
    undo?.();
    done.value = null;
    back();
  };
  useEffect(() => {
    if (!latest) return;
    before.current = document.activeElement;
    const leave = () => {
      reached = latest;
    };
    const onKey = (event: KeyboardEvent) => {
      const { key, shiftKey, target } = event;
      if (modifiers.has(key)) return;
      const buttons = [...(bar.current?.querySelectorAll('button') ?? [])];
      const at = buttons.indexOf(target as HTMLButtonElement);
      const isNext = reached !== latest && at < 0;
      leave();
      if (isUndo(event) && at < 0) {
        latest.undo();
        done.value = null;
      } else if (isUndo(event)) close(latest.undo);
      else if (key === 'Escape' && at >= 0) close();
      else if (key === 'Tab' && isNext && !shiftKey) {
        before.current = document.activeElement;
        buttons[0].focus();
      } else if (key === 'Tab' && at === (shiftKey ? 0 : buttons.length - 1)) back();
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    document.addEventListener('pointerdown', leave);
    return () => {
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('pointerdown', leave);
    };
  }, [latest]);
  return close;
}

const modifiers: ReadonlySet<string> = new Set(['Shift', 'Control', 'Meta', 'Alt']);

/** In a field it takes back letters. */
function isUndo({ key, ctrlKey, metaKey, shiftKey, target }: KeyboardEvent): boolean {
  const isField = (target as Element).closest('input, textarea, [contenteditable]') !== null;
  return key === 'z' && (ctrlKey || metaKey) && !shiftKey && !isField;
}
