import type { Dataset } from '../../dataset/types.ts';
import { popularityOf } from '../../evaluation/popularity.ts';
import type { Matrix } from '../../shared/matrix.ts';
import { countFeatures } from './counts.ts';
import type { Candidate } from './feature-group.ts';
import { textFeatures } from './texts.ts';
import { usualFeatures } from './usual.ts';
import { voices } from './voices.ts';

/** What is known of items after a history. */
export interface Evidence {
  /** Of each feature, in their order. */
  names: readonly string[];
  /** [candidates x features], row by row; NaN where nothing is known. `history`: oldest first, not empty. */
  featuresOf(history: Int32Array, candidates: readonly Candidate[]): Float32Array;
}

/** `semantic`: [items x width], vectors of their texts. `cold`: items that nobody took. */
export function evidenceOf(dataset: Dataset, semantic: Matrix, cold: ReadonlySet<number>): Evidence {
  const popularity = popularityOf(dataset);
  const groups = [
    voices,
    countFeatures(dataset, popularity),
    textFeatures(semantic),
    usualFeatures(popularity),
  ];
  const names = groups.flatMap((group) => group.names);
  const ofTakers = groups.flatMap((group) => group.ofTakers).map((name) => names.indexOf(name));
  return {
    names,
    featuresOf(history, candidates) {
      const rows = new Float32Array(candidates.length * names.length);
      let first = 0;
      for (const { names: own, fill } of groups) {
        const begin = first;
        fill(history, candidates, (place) => {
          const start = place * names.length + begin;
          return rows.subarray(start, start + own.length);
        });
        first += own.length;
      }
      for (const [place, { item }] of candidates.entries())
        if (cold.has(item)) for (const feature of ofTakers) rows[place * names.length + feature] = Number.NaN;
      return rows;
    },
  };
}
