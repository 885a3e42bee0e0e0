import { signal } from '@preact/signals';

/** What was done last and may be taken back; null where nothing is. */
export const done = signal<{ said: string; undo: () => void } | null>(null);
