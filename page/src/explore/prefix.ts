import type { IndexOverview } from '../../../orchestrator/server/page/wire.ts';

type Chosen = readonly (number | null)[];

/**
 * A prefix is the first digits of a code, without a gap; any other choice are digits that an item has, whatever stands
 * before them. Counts of the two are not the same.
 */
export function isPrefix(chosen: Chosen): boolean {
  const gap = chosen.indexOf(null);
  return gap < 0 || (gap > 0 && isNothing(chosen.slice(gap)));
}

/** What the number beside a digit of this level counts: items of a prefix that ends in it, or all that have it. */
export function whatCounts(overview: IndexOverview, chosen: Chosen, level: number): string {
  const others = chosen.map((digit, at) => (at === level ? null : digit));
  if (others.slice(0, level).every((digit) => digit !== null) && isNothing(others.slice(level)))
    return 'items whose code begins so';
  return isNothing(others)
    ? 'items with this digit'
    : `items with ${sayDigits(overview, others)} and this digit`;
}

/** `a12 c3` */
export function sayDigits({ levels }: IndexOverview, chosen: Chosen): string {
  return chosen.flatMap((digit, at) => (digit === null ? [] : [`${levels[at].letter}${digit}`])).join(' ');
}

function isNothing(chosen: Chosen): boolean {
  return chosen.every((digit) => digit === null);
}
