import type { Measured } from '../../../orchestrator/server/page/wire.ts';

/** What the figures of a run answer: only the same questions give figures that compare. */
export interface Asked extends Omit<Measured, 'figures'> {
  /** Of its data set, whatever the seed; null where that is not known. */
  data: string | null;
}

const aspects: { what: string; of: (asked: Asked) => string }[] = [
  { what: 'split', of: ({ split }) => split },
  { what: 'users asked', of: sayUsers },
  { what: 'items ranked', of: ({ items }) => number(items) },
  { what: 'lengths of lists', of: ({ cutoffs }) => cutoffs.join(', ') },
];

/** What runs were not asked alike, with a value for each of them; empty where their figures compare. */
export function askedApart(all: readonly Asked[]): { what: string; values: string[] }[] {
  const sets = [...new Set(all.flatMap(({ data }) => data ?? []))];
  const nameOf = ({ data }: Asked) =>
    data === null ? 'not known' : String.fromCharCode('A'.charCodeAt(0) + sets.indexOf(data));
  return [{ what: 'data set', of: nameOf }, ...aspects]
    .map(({ what, of }) => ({ what, values: all.map(of) }))
    .filter(({ values }) => new Set(values).size > 1);
}

/** Equal where the figures of two runs compare. */
export function askedKey({ data, split, users, users_in_split, items, cutoffs }: Asked): string {
  return JSON.stringify([data, split, users, users_in_split, items, cutoffs]);
}

/** `3,182`; `20 of 163` where only some were asked. */
export function sayUsers({ users, users_in_split }: Pick<Asked, 'users' | 'users_in_split'>): string {
  return users === users_in_split ? number(users) : `${number(users)} of ${number(users_in_split)}`;
}

function number(count: number): string {
  return count.toLocaleString('en-US');
}
