import { splitCases } from '../dataset/split-cases.ts';
import type { Split } from '../dataset/types.ts';
import { buildResult } from '../evaluation/build-result.ts';
import { nothingHeldOut } from '../evaluation/nothing-held-out.ts';
import type { EvaluationResult } from '../evaluation/result.ts';
import { resultOptions } from '../evaluation/result-options.ts';
import type { PromptArtefacts } from '../opened-run/artefacts.ts';
import { mayListSeen } from '../opened-run/both-lists.ts';
import type { Recipe } from '../recipe/schema.ts';
import { UserError } from '../shared/errors.ts';
import { silentReporter } from '../shared/reporter.ts';
import type { RankOwn } from './rank-own.ts';

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
 * Ranks the whole catalogue for the users of a split, by the protocol of the recipe: only what the run itself recommends by, no baselines;
 * nothing is written, except a record if the test split was used.
 */
export async function evaluateRun(
  options: EvaluateOptions,
  { dataset }: Pick<PromptArtefacts, 'dataset'>,
  recipe: Recipe,
  rankOwn: RankOwn,
  onTestOpened?: () => void,
): Promise<EvaluationResult> {
  const { evaluation, seed } = recipe;
  const { split = evaluation.split, users = evaluation.max_users, signal } = options;
  const all = splitCases(dataset, split);
  if (all.length === 0 && recipe.dataset.split === 'none')
    throw nothingHeldOut(recipe.name, recipe.training.epochs_from);
  if (split === 'validation' && recipe.decoding.fusion !== 'none')
    throw new UserError(
      'evaluation/learned-from',
      'lists of this run are ranked by what was learned from its validation targets: on these they would look better than they are',
      {
        place: 'decoding.fusion',
        remedy:
          'Figures of lists that were ranked without having been learned from are in the fusion.json of its stage evaluation; or evaluate on test.',
      },
    );
  if (split === 'test') onTestOpened?.();
  const cutoffs = [...(options.cutoffs ?? evaluation.cutoffs)];
  const cases = all.ofUsers(users, seed);
  const listsSeen = mayListSeen(recipe.decoding, dataset);
  const ranked = await rankOwn(cases, {
    items: dataset.items.length,
    coverageCutoff: Math.max(...cutoffs),
    batchSize: 64,
    listsSeen,
    report: silentReporter,
    ...(signal ? { signal } : {}),
  });
  const generates = recipe.recommender === 'generative';
  return await buildResult([ranked], {
    ...resultOptions(recipe, dataset, { split, all, cases, listsSeen, signal, generates }),
    cutoffs,
  });
}
