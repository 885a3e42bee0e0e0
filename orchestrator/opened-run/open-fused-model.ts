import type { Dataset } from '../dataset/types.ts';
import { readRanker } from '../fusion/ranker-file.ts';
import type { Recipe } from '../recipe/schema.ts';
import { fusedRank, openItemVoices } from './fusion.ts';
import type { RunRecommender } from './recommender.ts';

/** The model of a run as its recipe ranks: alone, or with what else is known of items. It is closed where that fails. */
export async function openFusedModel(
  model: RunRecommender,
  { decoding, ...recipe }: Recipe,
  dataset: Dataset,
  given: { embeddingFolder: string; rankerFolder(): Promise<string> },
): Promise<RunRecommender> {
  if (decoding.fusion === 'none') return model;
  try {
    const folder = await given.rankerFolder();
    const voices = await openItemVoices({ decoding, ...recipe }, dataset, given.embeddingFolder);
    const ranker = readRanker(folder, voices.evidence.names.length);
    return {
      ...model,
      rank: fusedRank(model.rank, voices, () => ranker, decoding.num_beams),
      dispose: async () => {
        await model.dispose();
        await voices.dispose();
      },
    };
  } catch (error) {
    await model.dispose();
    throw error;
  }
}
