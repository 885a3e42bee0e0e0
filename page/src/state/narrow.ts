import { signal } from '@preact/signals';

const narrow = window.matchMedia('(max-width: 900px)');

/** A phone, or a narrow window: what one comes for stands first, and what is long is folded. */
export const isNarrow = signal(narrow.matches);
narrow.addEventListener('change', () => {
  isNarrow.value = narrow.matches;
});
