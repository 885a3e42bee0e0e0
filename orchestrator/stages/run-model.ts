import { openCheckpoint } from '../model/checkpoint.ts';
import { loadLlamaConfig } from '../model/config.ts';
import { frozenModel } from '../model/model-tensors.ts';
import type { Recipe } from '../recipe/schema.ts';
import type { PromptArtefacts } from './artefacts.ts';
import { openRecommender, type RunRecommender } from './recommender.ts';

/** A trained model folder, ready to recommend. */
export async function openRunModel(
  modelFolder: string,
  artefacts: PromptArtefacts,
  recipe: Recipe,
): Promise<RunRecommender> {
  const weights = openCheckpoint(modelFolder);
  const model = frozenModel(loadLlamaConfig(modelFolder), weights);
  const recommender = await openRecommender(model, artefacts, recipe.decoding.num_beams);
  // Compiling has read every weight.
  weights.close();
  return recommender;
}
