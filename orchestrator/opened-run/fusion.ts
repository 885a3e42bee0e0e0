import type { EvaluationCase } from '../dataset/types.ts';
import { fuseLists, type Knowledge } from '../fusion/fuse-lists.ts';
import { type LearnedFusion, learnFusion } from '../fusion/learn-fusion.ts';
import type { Ranker } from '../fusion/ranker.ts';
import { recommendationPrompt } from '../prompts/inference-prompts.ts';
import type { Reporter } from '../shared/reporter.ts';
import type { PromptArtefacts } from './artefacts.ts';
import type { RunRecommender } from './recommender.ts';

/**
 * The model's ranking, where lists behind a history are ranked anew with all that is known of items; as long as the beams
 * are many. Other prompts, such as those with a wish, are the model's alone.
 */
export function fusedRank(
  rank: RunRecommender['rank'],
  voices: Knowledge,
  rankerOf: (history: Int32Array) => Ranker,
  width: number,
): RunRecommender['rank'] {
  return async (prompts, candidates, histories) => {
    const lists = await rank(prompts, candidates);
    const places = [...prompts.keys()].filter((at) => (histories?.[at]?.length ?? 0) > 0);
    const asked = places.map((at) => ({
      history: histories![at]!,
      found: lists[at],
      candidates: candidates?.[at] ?? null,
    }));
    const fused = await fuseLists(asked, { ...voices, rankerOf });
    for (const [at, place] of places.entries()) lists[place] = fused[at].slice(0, width);
    return lists;
  };
}

/**
 * Learns from validation cases how to rank anew what `rank` and the voices find. Items that a user had may come: whether
 * they do is learned, too.
 */
export function learnRanking(
  cases: readonly EvaluationCase[],
  rank: RunRecommender['rank'],
  { voices, asIfNew }: { voices: Knowledge; asIfNew: Knowledge | null },
  { prompts, dataset }: Pick<PromptArtefacts, 'prompts' | 'dataset'>,
  options: { seed: number; report: Reporter; signal?: AbortSignal | undefined },
): Promise<LearnedFusion> {
  return learnFusion(cases, {
    ...voices,
    asIfNew,
    ...options,
    listsOf: async (batch) => {
      const asked = batch.map(({ history, user }) =>
        recommendationPrompt(prompts, history, { user: dataset.userIds[user] }),
      );
      const lists = await rank(asked);
      return batch.map(({ history }, at) => ({ history, found: lists[at], candidates: null }));
    },
  });
}
