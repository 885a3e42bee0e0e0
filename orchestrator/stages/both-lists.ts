import type { Recommender } from '../evaluation/evaluate-lists.ts';
import { recommendationPrompt } from '../prompts/inference-prompts.ts';
import type { PromptArtefacts } from './artefacts.ts';
import type { RunRecommender } from './recommender.ts';

/**
 * A model as the evaluation asks it: behind each history one list of all items, and one with those removed that the user
 * has seen. Both are searched for together, so that a prompt is computed once.
 */
export function bothLists(
  rank: RunRecommender['rank'],
  { prompts }: Pick<PromptArtefacts, 'prompts'>,
): Recommender {
  return async (histories, seen) => {
    const asked = histories.map((history) => recommendationPrompt(prompts, history));
    const lists = await rank(
      asked.flatMap((prompt) => [prompt, prompt]),
      seen.flatMap((without) => [null, { without }]),
    );
    return histories.map((_, at) => ({ kept: lists[2 * at], removed: lists[2 * at + 1] }));
  };
}
