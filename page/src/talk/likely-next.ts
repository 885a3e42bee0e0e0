import type { RecommendationAnswer } from '../../../orchestrator/serving/contract/recommendations.ts';
import { postJson } from '../api/request.ts';
import { about } from '../state/about.ts';
import { partsOf, shownOf } from './list-parts.ts';

export interface LikelyNextOptions {
  /** Ids, oldest first. */
  history: readonly string[];
  exclude: readonly string[];
  /** Ids of what one has. */
  had: readonly string[];
  /** How many that are new. */
  k: number;
  signal?: AbortSignal;
}

/** The run's own list: a longer one is asked for, as what one has takes places of what is new, and what is sold out is of no use. */
export async function askLikelyNext({
  history,
  exclude,
  had,
  k,
  signal,
}: LikelyNextOptions): Promise<RecommendationAnswer> {
  const most = about.value!.model.max_k;
  const listOf = (length: number) =>
    postJson<RecommendationAnswer>('v1/recommendations', { history, exclude, k: length }, signal);
  const asked = Math.min(most, 2 * k);
  let answer = await listOf(asked);
  const { fresh } = partsOf(answer.items, had);
  // A list that is not full holds all that there is.
  if (fresh.length < k && answer.items.length === asked && asked < most)
    answer = await listOf(Math.min(most, asked + new Set(had).size));
  return { ...answer, items: shownOf(answer.items, had, k) };
}
