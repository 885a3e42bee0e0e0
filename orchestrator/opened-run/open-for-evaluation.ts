import { join } from 'node:path';
import type { Recipe } from '../recipe/schema.ts';
import type { PromptArtefacts } from './artefacts.ts';
import { openPeftModel } from './peft-recommender.ts';
import type { RunRecommender } from './recommender.ts';
import { openRunModel } from './run-model.ts';

/** A trained model, opened by the engine that the evaluation ranks with. */
export function openForEvaluation(
  modelFolder: string,
  artefacts: PromptArtefacts,
  recipe: Recipe,
  folder: string,
): Promise<RunRecommender> {
  return recipe.decoding.engine === 'peft'
    ? openPeftModel(modelFolder, artefacts, recipe, join(folder, 'pytorch'))
    : openRunModel(modelFolder, artefacts, recipe.decoding);
}
