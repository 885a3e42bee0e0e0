import type { Dataset, EvaluationCase, Split } from '../dataset/types.ts';
import type { ResultOptions } from '../evaluation/build-result.ts';
import type { Recipe } from '../recipe/schema.ts';

/** The protocol of a recipe: what the record of an evaluation says, whoever evaluates. */
export function resultOptions(
  { seed, evaluation, decoding }: Recipe,
  dataset: Dataset,
  {
    split,
    all,
    cases,
    listsSeen,
    signal,
  }: {
    split: Split;
    /** Cases of the split, and those of them that were asked. */
    all: readonly EvaluationCase[];
    cases: readonly EvaluationCase[];
    /** Might lists hold what the user had seen? */
    listsSeen: boolean;
    signal?: AbortSignal | undefined;
  },
): ResultOptions {
  return {
    split,
    signal,
    users: Int32Array.from(cases, ({ user }) => user),
    usersInSplit: new Set(all.map(({ user }) => user)).size,
    seenTargets: cases.filter(({ seen, target }) => seen.includes(target)).length,
    listsSeen,
    seed,
    items: dataset.items.length,
    historyLimit: dataset.historyLimit,
    numBeams: decoding.num_beams,
    dataset: dataset.protocol ? { ...dataset.protocol, notices: dataset.notices ?? [] } : undefined,
    cutoffs: evaluation.cutoffs,
    bootstrapSamples: evaluation.bootstrap_samples,
  };
}
