/** Moves the focus among the digits of all levels as in a grid: up and down in a level, left and right to the next one. */
export function arrowKeys(event: KeyboardEvent): void {
  const step = steps[event.key];
  const from = (event.target as Element).closest('.branch');
  const grid = (event.currentTarget as Element).querySelectorAll('.column');
  if (!step || !from || event.ctrlKey || event.metaKey || event.altKey) return;
  const levels = [...grid].map((column) => [...column.querySelectorAll<HTMLElement>('.branch')]);
  const level = levels.findIndex((digits) => digits.includes(from as HTMLElement));
  const next = levels[level + step.levels];
  if (!next) return;
  const at = levels[level].indexOf(from as HTMLElement) + step.digits;
  event.preventDefault();
  next[Math.max(0, Math.min(next.length - 1, at))]?.focus();
}

/** Of levels and of digits; first and last are as far as it goes. */
const steps: Record<string, { levels: number; digits: number }> = {
  ArrowUp: { levels: 0, digits: -1 },
  ArrowDown: { levels: 0, digits: 1 },
  ArrowLeft: { levels: -1, digits: 0 },
  ArrowRight: { levels: 1, digits: 0 },
  Home: { levels: 0, digits: Number.NEGATIVE_INFINITY },
  End: { levels: 0, digits: Number.POSITIVE_INFINITY },
};
