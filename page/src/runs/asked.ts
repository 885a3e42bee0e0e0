import { formatUsers } from '../../../orchestrator/evaluation/format-figure.ts';
import type { Measured } from '../../../orchestrator/server/page/wire.ts';

/** What the figures of a run answer: only the same questions give figures that compare. */
export interface Asked extends Omit<Measured, 'figures' | 'own' | 'targets' | 'seen_targets'> {
  /** Of its data set, whatever the seed; null where that is not known. */
  data: string | null;
  /** Where it was read from, where that tells runs apart. */
  from?: string | null;
  /** How much it holds: `2,668 users, 600 items`. */
  holds?: string;
}

const aspects: { what: string; of: (asked: Asked) => string }[] = [
  { what: 'split', of: ({ split }) => split },
  { what: 'users asked', of: formatUsers },
  { what: 'items ranked', of: ({ items }) => items.toLocaleString('en-US') },
  { what: 'lengths of lists', of: ({ cutoffs }) => cutoffs.join(', ') },
];

/** What runs were not asked alike, with a value for each of them; empty where their figures compare. */
export function askedApart(all: readonly Asked[]): { what: string; values: string[] }[] {
  return [{ what: 'data set', of: namesOfData(all) }, ...aspects]
    .map(({ what, of }) => ({ what, values: all.map(of) }))
    .filter(({ values }) => new Set(values).size > 1);
}

/** Each data set by where it lies and what it holds; by a letter where that does not tell it from another. */
function namesOfData(all: readonly Asked[]): (asked: Asked) => string {
  const sets = [...new Set(all.flatMap(({ data }) => data ?? []))];
  const wordsOf = ({ from, holds }: Asked) =>
    [from?.split('/').filter(Boolean).at(-1), holds].filter(Boolean).join(': ');
  const isTold = (asked: Asked) =>
    wordsOf(asked) !== '' &&
    all.every((other) => other.data === asked.data || wordsOf(other) !== wordsOf(asked));
  const letterOf = (data: string) => String.fromCharCode('A'.charCodeAt(0) + sets.indexOf(data));
  return (asked) => {
    if (asked.data === null) return 'not known';
    // Two runs of one set are told alike, though their recipes lie elsewhere.
    const first = all.find(({ data }) => data === asked.data)!;
    return isTold(first) ? wordsOf(first) : [letterOf(asked.data), wordsOf(first)].filter(Boolean).join(', ');
  };
}

/** Equal where the figures of two runs compare. */
export function askedKey({ data, split, users, users_in_split, items, cutoffs }: Asked): string {
  return JSON.stringify([data, split, users, users_in_split, items, cutoffs]);
}
