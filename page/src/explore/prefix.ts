import type { IndexOverview } from '../../../orchestrator/server/page/wire.ts';

type Chosen = readonly (number | null)[];

/**
 * A prefix is the first digits of a code, without a gap; any other choice are digits that an item has, whatever stands
 * before them. Counts of the two are not the same.
 */
export function isPrefix(chosen: Chosen): boolean {
  const length = prefixLength(chosen);
  return length > 0 && chosen.slice(length).every((digit) => digit === null);
}

/** Whether choosing a digit of this level makes a prefix, or changes its last digit. */
export function makesPrefix(chosen: Chosen, level: number): boolean {
  return prefixLength(chosen) >= level && chosen.slice(level + 1).every((digit) => digit === null);
}

/** `a12 c3` */
export function sayDigits({ levels }: IndexOverview, chosen: Chosen): string {
  return chosen.flatMap((digit, at) => (digit === null ? [] : [`${levels[at].letter}${digit}`])).join(' ');
}

/** How many digits are chosen from the first on. */
function prefixLength(chosen: Chosen): number {
  const gap = chosen.indexOf(null);
  return gap < 0 ? chosen.length : gap;
}
