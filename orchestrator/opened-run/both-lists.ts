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
import type { RankAnew } from './rank-anew.ts';
import type { RunRecommender } from './recommender.ts';

/** Whether lists that are shown and served may hold items that the user already has, by the recipe and the training log. */
export function mayListSeen({ seen_items }: Recipe['decoding'], dataset: Dataset): boolean {
  return seen_items === 'allowed' || takesItemsAgain(dataset);
}

/** Lists of a search as its beams find them, and as they are shown: the same, or ranked anew. */
export interface SearchedLists {
  generated: Lists[];
  shown: Lists[];
}

/**
 * A model as the evaluation asks it: behind each history one list of all items, and one with those removed that the user
 * has seen. Both are searched for together, and once for those that are generated and those that are shown: a prompt, and
 * every prefix that they share, is computed once. Cold items stand in lists as they do in those that are served.
 */
export function searchLists(
  rank: RunRecommender['rank'],
  { prompts, dataset }: Pick<PromptArtefacts, 'prompts' | 'dataset'>,
  cold?: ColdItems | null,
  fused?: { anew: RankAnew; ranksCold: boolean } | null,
): (...asked: Parameters<Recommender>) => Promise<SearchedLists> {
  return async (histories, seen, users) => {
    const asked = histories.map((history, at) =>
      recommendationPrompt(prompts, history, { user: dataset.userIds[users[at]] }),
    );
    const twice = histories.flatMap((history) => [history, history]);
    const wanted = seen.flatMap((items): (Candidates | null)[] => [null, { without: items }]);
    const candidates =
      cold && !cold.ranked && !beamsFindCold(cold.placing)
        ? wanted.map((own) => ({ ...own, only: cold.others }))
        : wanted;
    const found = await rank(
      asked.flatMap((prompt) => [prompt, prompt]),
      candidates,
      twice,
    );
    const coldLists = cold && !cold.ranked ? await cold.rank(twice, wanted) : null;
    const complete = (lists: readonly RankedCode[][]) =>
      coldLists ? lists.map((list, at) => withCold(list, coldLists[at], cold!)) : lists;
    const generated = inPairs(complete(found));
    if (!fused) return { generated, shown: generated };
    const anew = await fused.anew(found, candidates, twice);
    return { generated, shown: inPairs(fused.ranksCold ? anew : complete(anew)) };
  };
}

/** The lists that are shown alone. */
export function bothLists(...given: Parameters<typeof searchLists>): Recommender {
  const search = searchLists(...given);
  return async (...asked) => (await search(...asked)).shown;
}

function withCold(list: RankedCode[], cold: RankedCode[], { placing, width }: ColdItems): RankedCode[] {
  return mixCold<RankedCode>(list, cold, placing).slice(0, width);
}

function inPairs(lists: readonly RankedCode[][]): Lists[] {
  return Array.from({ length: lists.length / 2 }, (_, at) => ({
    kept: lists[2 * at],
    removed: lists[2 * at + 1],
  }));
}

/** One of both lists as item numbers, best first. */
export function itemsOf(search: ReturnType<typeof searchLists>, shown: keyof Lists): Recommend {
  return async (histories, seen, users) =>
    (await search(histories, [...seen], users)).shown.map((both) =>
      both[shown].flatMap(({ items }) => Array.from(items)),
    );
}
