import { openCheckpoint } from '../models/checkpoint.ts';
import { frozenModel } from '../models/model-tensors.ts';
import { readModel } from '../models/registry.ts';
import type { Recipe } from '../recipe/schema.ts';
import { UserError } from '../shared/errors.ts';
import type { PromptArtefacts } from './artefacts.ts';
import { openRecommender } from './open-recommender.ts';
import { rankWithTerm } from './rank-with-term.ts';
import type { RunRecommender } from './recommender.ts';

/** A trained model folder, ready to recommend. */
export async function openRunModel(
  modelFolder: string,
  artefacts: PromptArtefacts,
  decoding: Recipe['decoding'],
): Promise<RunRecommender> {
  const weights = openCheckpoint(modelFolder);
  const model = frozenModel(readModel(modelFolder), weights);
  try {
    const recommender = await openRecommender(model, artefacts, {
      numBeams: decoding.num_beams,
      constrained: decoding.constrained,
      streamScores: decoding.stream_scores,
    });
    return { ...recommender, rank: rankWithTerm(recommender.rank, decoding.seen_term ?? 0) };
  } catch (error) {
    // The code that throws does not know the folder; add it.
    if (!(error instanceof UserError) || error.place) throw error;
    const { code, message, remedy } = error;
    throw new UserError(code, message, { place: modelFolder, remedy, cause: error });
  } finally {
    // Compiling has read every weight.
    weights.close();
  }
}
