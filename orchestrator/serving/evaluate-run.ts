import { evaluationCases } from '../dataset/evaluation-cases.ts';
import type { Split } from '../dataset/types.ts';
import { buildResult } from '../evaluation/build-result.ts';
import { evaluateLists } from '../evaluation/evaluate-lists.ts';
import { nothingHeldOut } from '../evaluation/nothing-held-out.ts';
import type { EvaluationResult } from '../evaluation/result.ts';
import { resultOptions } from '../evaluation/result-options.ts';
import type { PromptArtefacts } from '../opened-run/artefacts.ts';
import { bothLists, mayListSeen } from '../opened-run/both-lists.ts';
import type { ColdItems } from '../opened-run/cold-items.ts';
import type { RunRecommender } from '../opened-run/recommender.ts';
import { casesOfUsers } from '../opened-run/sample-cases.ts';
import type { Recipe } from '../recipe/schema.ts';
import { silentReporter } from '../shared/reporter.ts';

export interface EvaluateOptions {
  /** The recipe's by default. */
  split?: Split;
  /** Number of users to evaluate, drawn by seed; by default as many as the recipe says. */
  users?: number;
  /** Lengths of the list at which recall and NDCG are counted; by default those of the recipe. */
  cutoffs?: readonly number[];
  signal?: AbortSignal;
}

/**
 * Ranks the whole catalogue for the users of a split, by the protocol of the recipe: only the model, no baselines;
 * nothing is written, except a record if the test split was used.
 */
export async function evaluateRun(
  options: EvaluateOptions,
  artefacts: PromptArtefacts,
  recipe: Recipe,
  { rank, cold }: Pick<RunRecommender, 'rank'> & { cold?: ColdItems | null | undefined },
  onTestOpened?: () => void,
): Promise<EvaluationResult> {
  const { dataset } = artefacts;
  const { evaluation, seed } = recipe;
  const { split = evaluation.split, users = evaluation.max_users, signal } = options;
  const all = [...evaluationCases(dataset, split)];
  if (all.length === 0 && recipe.dataset.split === 'none')
    throw nothingHeldOut(recipe.name, recipe.training.epochs_from);
  if (split === 'test') onTestOpened?.();
  const cutoffs = [...(options.cutoffs ?? evaluation.cutoffs)];
  const cases = casesOfUsers(all, users, seed);
  const listsSeen = mayListSeen(recipe.decoding, dataset);
  const ranked = await evaluateLists(cases, bothLists(rank, artefacts, cold), {
    listsSeen,
    items: dataset.items.length,
    coverageCutoff: Math.max(...cutoffs),
    batchSize: 64,
    label: 'eager-llm',
    report: silentReporter,
    ...(signal ? { signal } : {}),
  });
  return await buildResult([{ name: 'eager-llm', ranked }], {
    ...resultOptions(recipe, dataset, { split, all, cases, listsSeen, signal }),
    cutoffs,
  });
}
