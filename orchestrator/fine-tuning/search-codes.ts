import type { SequenceModel } from '../models/model.ts';
import type { PromptArtefacts } from '../opened-run/artefacts.ts';
import { openRecommender } from '../opened-run/open-recommender.ts';
import type { SearchCodes } from '../training/objectives/objective.ts';

/** Searches with a model as it is when it is asked: what it holds is opened for one search, and released behind it. */
export async function searchCodes(
  [prompts, most]: Parameters<SearchCodes>,
  model: SequenceModel,
  artefacts: PromptArtefacts,
  maxBatchTokens: number,
): ReturnType<SearchCodes> {
  const { index, vocabulary } = artefacts;
  const recommender = await openRecommender(model, artefacts, {
    numBeams: most,
    constrained: true,
    maxBatchTokens,
  });
  const lists = await recommender.rank(prompts).finally(recommender.dispose);
  return lists.map((list) =>
    list.map(({ items }) =>
      Int32Array.from(
        { length: index.levels },
        (_, level) => vocabulary.codeTokenIds[level][index.codes[items[0] * index.levels + level]],
      ),
    ),
  );
}
