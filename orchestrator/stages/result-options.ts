import type { Dataset, Split } from '../dataset/types.ts';
import type { ResultOptions } from '../evaluation/build-result.ts';
import type { Recipe } from '../recipe/schema.ts';

/** The protocol of a recipe: what the record of an evaluation says, whoever evaluates. */
export function resultOptions(
  { seed, evaluation, decoding }: Recipe,
  dataset: Dataset,
  asked: { split: Split; usersInSplit: number; signal?: AbortSignal | undefined },
): ResultOptions {
  return {
    ...asked,
    seed,
    items: dataset.items.length,
    historyLimit: dataset.historyLimit,
    numBeams: decoding.num_beams,
    excludeHistory: evaluation.exclude_history,
    dataset: dataset.protocol ? { ...dataset.protocol } : undefined,
    cutoffs: evaluation.cutoffs,
    bootstrapSamples: evaluation.bootstrap_samples,
  };
}
