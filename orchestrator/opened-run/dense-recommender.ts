import { coldItemsOf } from '../decoding/cold-items.ts';
import { createDenseRanking } from '../decoding/dense-ranking.ts';
import { popularityOf } from '../evaluation/popularity.ts';
import { compileDenseScorer } from '../models/liger/dense-scorer.ts';
import type { SequenceModel } from '../models/model.ts';
import type { PromptArtefacts } from './artefacts.ts';
import { openTokenRecommender, type RunRecommender, type TokenDecoding } from './recommender.ts';
import { writesNoTexts } from './writes-no-texts.ts';

/** A LIGER with everything that turns histories into lists of items. It writes no texts. */
export async function openDenseRecommender(
  model: SequenceModel,
  artefacts: PromptArtefacts,
  decoding: TokenDecoding,
): Promise<RunRecommender> {
  const { levels, codes } = artefacts.index;
  const beams = await openTokenRecommender(model, artefacts, decoding);
  const scorer = await compileDenseScorer(model).catch(async (error) => {
    await beams.dispose();
    throw error;
  });
  return {
    rank: createDenseRanking({
      find: beams.rank,
      scorer,
      cold: neverTaken(artefacts),
      digitsOf: (item) => [...codes.subarray(item * levels, (item + 1) * levels)],
      width: decoding.numBeams,
      maxBatchTokens: decoding.maxBatchTokens,
    }),
    write: writesNoTexts,
    async dispose() {
      await beams.dispose();
      await scorer.dispose();
    },
  };
}

/** Items that the training log does not have. */
export function neverTaken({ dataset }: Pick<PromptArtefacts, 'dataset'>): ReadonlySet<number> {
  return coldItemsOf(popularityOf(dataset), 1);
}
