import { takesItemsAgain } from '../dataset/repeats.ts';
import type { Dataset } from '../dataset/types.ts';
import type { Candidates } from '../decoding/candidates.ts';
import { beamsFindCold, mixCold } from '../decoding/mix-cold.ts';
import type { Recommend } from '../evaluation/describe-examples.ts';
import type { Lists, RankedCode, Recommender } from '../evaluation/evaluate-lists.ts';
import { recommendationPrompt } from '../prompts/inference-prompts.ts';
import type { Recipe } from '../recipe/schema.ts';
import type { PromptArtefacts } from './artefacts.ts';
import type { ColdItems } from './cold-items.ts';
import type { RunRecommender } from './recommender.ts';

/** Whether lists that are shown and served may hold items that the user already has, by the recipe and the training log. */
export function mayListSeen({ seen_items }: Recipe['decoding'], dataset: Dataset): boolean {
  return seen_items === 'allowed' || takesItemsAgain(dataset);
}

/**
 * A model as the evaluation asks it: behind each history one list of all items, and one with those removed that the user
 * has seen. Both are searched for together: a prompt, and every prefix that they share, is computed once. Cold items stand in lists as they do in those that are served.
 */
export function bothLists(
  rank: RunRecommender['rank'],
  { prompts, dataset }: Pick<PromptArtefacts, 'prompts' | 'dataset'>,
  cold?: ColdItems | null,
): Recommender {
  const listsOf = (
    histories: readonly Int32Array[],
    asked: readonly Int32Array[],
    candidates: readonly (Candidates | null)[],
  ) => (cold ? withCold(cold, rank, histories, asked, candidates) : rank(asked, candidates, histories));
  return async (histories, seen, users) => {
    const asked = histories.map((history, at) =>
      recommendationPrompt(prompts, history, { user: dataset.userIds[users[at]] }),
    );
    const lists = await listsOf(
      histories.flatMap((history) => [history, history]),
      asked.flatMap((prompt) => [prompt, prompt]),
      seen.flatMap((items) => [null, { without: items }]),
    );
    return histories.map((_, at) => ({ kept: lists[2 * at], removed: lists[2 * at + 1] }));
  };
}

/** The model's lists with cold items in their places; as long as the beams are many. */
async function withCold(
  { others, placing, ranked, width, rank: rankCold }: ColdItems,
  rank: RunRecommender['rank'],
  histories: readonly Int32Array[],
  asked: readonly Int32Array[],
  candidates: readonly (Candidates | null)[],
): Promise<RankedCode[][]> {
  if (ranked) return rank(asked, candidates, histories);
  const generated = await rank(
    asked,
    beamsFindCold(placing) ? candidates : candidates.map((own) => ({ ...own, only: others })),
    histories,
  );
  const cold = await rankCold(histories, candidates);
  return histories.map((_, at) => mixCold<RankedCode>(generated[at], cold[at], placing).slice(0, width));
}

/** One of both lists as item numbers, best first. */
export function itemsOf(recommend: Recommender, shown: keyof Lists): Recommend {
  return async (histories, seen, users) =>
    (await recommend(histories, [...seen], users)).map((both) =>
      both[shown].flatMap(({ items }) => Array.from(items)),
    );
}
