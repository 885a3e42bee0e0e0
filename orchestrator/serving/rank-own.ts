import type { EvaluationCase } from '../dataset/types.ts';
import type { EvaluatedMethod } from '../evaluation/build-result.ts';
import { evaluateLists } from '../evaluation/evaluate-lists.ts';
import type { EvaluateOptions } from '../evaluation/evaluate-scorer.ts';
import type { PromptArtefacts } from '../opened-run/artefacts.ts';
import { bothLists } from '../opened-run/both-lists.ts';
import type { ColdItems } from '../opened-run/cold-items.ts';
import type { PlainRecommender } from '../opened-run/plain-recommender.ts';
import type { RunRecommender } from '../opened-run/recommender.ts';

/** Ranks cases by what the run recommends by: its model, or what stands in the place of one. */
export type RankOwn = (
  cases: readonly EvaluationCase[],
  options: EvaluateOptions & { listsSeen: boolean },
) => Promise<EvaluatedMethod>;

export function rankByModel(
  { rank }: Pick<RunRecommender, 'rank'>,
  artefacts: Pick<PromptArtefacts, 'prompts' | 'dataset'>,
  cold: ColdItems | null | undefined,
): RankOwn {
  const name = 'eager-llm';
  return async (cases, options) => {
    const recommend = bothLists(rank, artefacts, cold);
    return { name, ranked: await evaluateLists(cases, recommend, { ...options, label: name }) };
  };
}

export function rankByPlain({ name, evaluate }: Pick<PlainRecommender, 'name' | 'evaluate'>): RankOwn {
  return async (cases, options) => ({ name, ranked: await evaluate(cases, { ...options, label: name }) });
}
