import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { turns } from '../talk/memory.ts';

/**
 * The history on a phone: a line that stays in sight, or open above the conversation, which it does not cover. Closed, one
 * is back where one read; a question closes it.
 */
export function useFold(): { isOpen: boolean; open(): void; close(): void } {
  const isOpen = useSignal(false);
  const readAt = useRef<number | null>(null);
  const asked = turns.value.at(-1)?.id;
  useLayoutEffect(() => {
    readAt.current = null;
    isOpen.value = false;
  }, [asked]);
  useLayoutEffect(() => {
    if (isOpen.value) window.scrollTo(0, 0);
    else if (readAt.current !== null) window.scrollTo(0, readAt.current);
  }, [isOpen.value]);
  return {
    isOpen: isOpen.value,
    open: () => {
      readAt.current = window.scrollY;
      isOpen.value = true;
    },
    close: () => {
      isOpen.value = false;
    },
  };
}
