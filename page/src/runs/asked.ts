import { formatUsers } from '../../../orchestrator/evaluation/format-figure.ts';
import type { Measured } from '../../../orchestrator/server/page/wire.ts';

/** What the figures of a run answer: only the same questions give figures that compare. */
export interface Asked extends Omit<Measured, 'figures' | 'own'> {
  /** Of its data set, whatever the seed; null where that is not known. */
  data: string | null;
  /** Where it was read from, where that tells runs apart. */
  from?: string | null;
}

const aspects: { what: string; of: (asked: Asked) => string }[] = [
  { what: 'split', of: ({ split }) => split },
  { what: 'users asked', of: formatUsers },
  { what: 'items ranked', of: ({ items }) => items.toLocaleString('en-US') },
  { what: 'lengths of lists', of: ({ cutoffs }) => cutoffs.join(', ') },
];

/** What runs were not asked alike, with a value for each of them; empty where their figures compare. */
export function askedApart(all: readonly Asked[]): { what: string; values: string[] }[] {
  const sets = [...new Set(all.flatMap(({ data }) => data ?? []))];
  const nameOf = ({ data, from }: Asked) =>
    data === null
      ? 'not known'
      : [String.fromCharCode('A'.charCodeAt(0) + sets.indexOf(data)), from?.split('/').at(-1)]
          .filter(Boolean)
          .join(': ');
  return [{ what: 'data set', of: nameOf }, ...aspects]
    .map(({ what, of }) => ({ what, values: all.map(of) }))
    .filter(({ values }) => new Set(values).size > 1);
}

/** Equal where the figures of two runs compare. */
export function askedKey({ data, split, users, users_in_split, items, cutoffs }: Asked): string {
  return JSON.stringify([data, split, users, users_in_split, items, cutoffs]);
}
