import { evaluationCases } from '../dataset/evaluation-cases.ts';
import type { Split } from '../dataset/types.ts';
import { buildResult } from '../evaluation/build-result.ts';
import { evaluateLists } from '../evaluation/evaluate-lists.ts';
import type { EvaluationResult } from '../evaluation/result.ts';
import { recommendationPrompt } from '../prompts/inference-prompts.ts';
import type { Recipe } from '../recipe/schema.ts';
import { silentReporter } from '../shared/reporter.ts';
import type { PromptArtefacts } from '../stages/artefacts.ts';
import { resultOptions } from '../stages/result-options.ts';
import { sampleCases } from '../stages/sample-cases.ts';
import type { Decode } from './decode-together.ts';

export interface EvaluateOptions {
  /** `test` by default. */
  split?: Split;
  /** Ask so many users, drawn by seed; by default as many as the recipe says. */
  users?: number;
  /** Lengths of the list at which recall and NDCG are counted; by default those of the recipe. */
  cutoffs?: readonly number[];
  signal?: AbortSignal;
}

/** Ranks the whole catalogue for the users of a split, by the protocol of the recipe: the model alone, no baselines, nothing written. */
export async function evaluateRun(
  options: EvaluateOptions,
  { dataset, prompts }: PromptArtefacts,
  recipe: Recipe,
  decode: Decode,
): Promise<EvaluationResult> {
  const { evaluation, seed } = recipe;
  const { split = 'test', users = evaluation.max_users, signal } = options;
  const cutoffs = [...(options.cutoffs ?? evaluation.cutoffs)];
  const all = [...evaluationCases(dataset, split)];
  const cases = sampleCases(all, users, seed);
  const recommend = (histories: Int32Array[]) => {
    const asked = histories.map((history) => recommendationPrompt(prompts, history));
    return decode(
      asked,
      asked.map(() => null),
    );
  };
  const ranked = await evaluateLists(cases, recommend, {
    items: dataset.items.length,
    coverageCutoff: Math.max(...cutoffs),
    batchSize: 64,
    excludeHistory: evaluation.exclude_history,
    label: 'eager-llm',
    report: silentReporter,
    ...(signal ? { signal } : {}),
  });
  return await buildResult([{ name: 'eager-llm', ranked }], {
    ...resultOptions(recipe, dataset, { split, usersInSplit: all.length, signal }),
    cutoffs,
  });
}
