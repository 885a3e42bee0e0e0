import type { EvaluationCase } from '../dataset/types.ts';
import type { RankedCode } from '../evaluation/evaluate-lists.ts';
import { fuseLists, type Knowledge } from '../fusion/fuse-lists.ts';
import { type LearnedFusion, learnFusion } from '../fusion/learn-fusion.ts';
import type { Ranker } from '../fusion/ranker.ts';
import { recommendationPrompt } from '../prompts/inference-prompts.ts';
import type { Reporter } from '../shared/reporter.ts';
import type { PromptArtefacts } from './artefacts.ts';
import type { RunRecommender } from './recommender.ts';

/** Ranks lists of a model anew, given what they were asked for. */
export type RankAnew = (
  lists: readonly RankedCode[][],
  candidates: Parameters<RunRecommender['rank']>[1],
  histories: Parameters<RunRecommender['rank']>[2],
) => Promise<RankedCode[][]>;

/**
 * Ranks lists behind a history anew with all that is known of items; as long as the beams are many. Others, such as those
 * of prompts with a wish, stay the model's alone.
 */
export function rankAnewBy(
  voices: Knowledge,
  rankerOf: (history: Int32Array) => Ranker,
  width: number,
): RankAnew {
  return async (lists, candidates, histories) => {
    const places = [...lists.keys()].filter((at) => (histories?.[at]?.length ?? 0) > 0);
    const asked = places.map((at) => ({
      history: histories![at]!,
      found: lists[at],
      candidates: candidates?.[at] ?? null,
    }));
    const fused = await fuseLists(asked, { ...voices, rankerOf });
    const result = [...lists];
    for (const [at, place] of places.entries()) result[place] = fused[at].slice(0, width);
    return result;
  };
}

/** The model's ranking, where its lists are ranked anew. */
export function fusedRank(rank: RunRecommender['rank'], anew: RankAnew): RunRecommender['rank'] {
  return async (prompts, candidates, histories) =>
    anew(await rank(prompts, candidates, histories), candidates, histories);
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
      const histories = batch.map(({ history }) => history);
      const lists = await rank(asked, undefined, histories);
      return batch.map(({ history }, at) => ({ history, found: lists[at], candidates: null }));
    },
  });
}
