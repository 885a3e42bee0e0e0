import type { Dataset, Item } from '../../dataset/types.ts';
import type { SparseMatrix } from '../../embedding/semantic/sparse-matrix.ts';
import { popularityOf } from '../../evaluation/popularity.ts';
import type { Matrix } from '../../shared/matrix.ts';
import { centredRows } from './centred-rows.ts';
import { countFeatures } from './counts.ts';
import type { Candidate, FeatureGroup } from './feature-group.ts';
import { neighboursOf } from './neighbours.ts';
import { relativeCountFeatures } from './relative-counts.ts';
import { type Relatives, relativesBy } from './relatives.ts';
import { textFeatures } from './texts.ts';
import { usualFeatures } from './usual.ts';
import { voices } from './voices.ts';
import { nameWords, wordFeatures } from './words.ts';

/** A history, oldest first and not empty, and the items that may come behind it. */
export interface Compared {
  history: Int32Array;
  candidates: readonly Candidate[];
}

/** What is known of items after histories. */
export interface Evidence {
  /** Of each feature, in their order. */
  names: readonly string[];
  /** Of each history [candidates x features], row by row; NaN where nothing is known. */
  featuresOf(compared: readonly Compared[]): Promise<Float32Array[]>;
}

/** What the texts of items say. */
export interface ItemTexts {
  /** [items x width], rows of length 1. */
  vectors: Matrix;
  /** Who is like whom by these. */
  relatives: Relatives;
  /** [items x terms] */
  words: SparseMatrix;
}

/** `semantic`: [items x width], vectors of their texts. */
export async function itemTextsOf(items: readonly Item[], semantic: Matrix): Promise<ItemTexts> {
  const vectors = centredRows(semantic);
  return { vectors, relatives: relativesBy(vectors), words: await nameWords(items) };
}

/** `cold`: items that nobody took. */
export function evidenceOf(
  dataset: Dataset,
  { vectors, relatives, words }: ItemTexts,
  cold: ReadonlySet<number>,
): Evidence {
  const popularity = popularityOf(dataset);
  const neighbours = neighboursOf(dataset);
  const groups: FeatureGroup[] = [
    voices,
    countFeatures(neighbours, popularity),
    relativeCountFeatures(neighbours, popularity, relatives),
    textFeatures(vectors),
    wordFeatures(words, neighbours, popularity),
    usualFeatures(popularity),
  ];
  const names = groups.flatMap((group) => group.names);
  const ofTakers = groups.flatMap((group) => group.ofTakers).map((name) => names.indexOf(name));
  const rowsOf = ({ history, candidates }: Compared) => {
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
  };
  return {
    names,
    async featuresOf(compared) {
      const items = compared.flatMap(({ candidates }) => candidates.map(({ item }) => item));
      for (const { prepare } of groups) await prepare?.(items);
      return compared.map(rowsOf);
    },
  };
}
