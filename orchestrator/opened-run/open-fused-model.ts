import { join } from 'node:path';
import type { Dataset } from '../dataset/types.ts';
import { rankerFile, ranksColdIn, readRanker } from '../fusion/ranker-file.ts';
import type { Recipe } from '../recipe/schema.ts';
import { hashFile } from '../storage/hash.ts';
import type { ColdItems } from './cold-items.ts';
import { fusedRank, rankAnewBy } from './fusion.ts';
import { openItemVoices, readItemEmbeddings } from './item-voices.ts';
import type { RunRecommender } from './recommender.ts';

export interface FusedModel {
  model: RunRecommender;
  /** Of the ranker's file; null where lists are the model's alone. */
  rankerHash: string | null;
  /** Whether cold items are ranked with all others. */
  ranksCold: boolean;
}

/**
 * The model of a run with what else is known of items, where it has a ranker (null: it has none). The model is closed
 * where that fails.
 */
export async function openFusedModel(
  model: RunRecommender,
  recipe: Recipe,
  dataset: Dataset,
  given: { cold: ColdItems | null; embeddingFolder: string; rankerFolder(): Promise<string | null> },
): Promise<FusedModel> {
  const { fusion, num_beams } = recipe.decoding;
  const alone = { model, rankerHash: null, ranksCold: false };
  if (fusion === 'none') return alone;
  try {
    const folder = await given.rankerFolder();
    if (folder === null) return alone;
    const ranksCold = ranksColdIn(folder);
    const cold = ranksCold ? given.cold : null;
    const embeddings = await readItemEmbeddings(given.embeddingFolder, dataset);
    const voices = await openItemVoices(recipe, dataset, embeddings, cold);
    const dispose = async () => {
      await model.dispose();
      await voices.dispose();
    };
    const ranker = readRanker(folder, voices.evidence.names.length);
    const rank = fusedRank(
      model.rank,
      rankAnewBy(voices, () => ranker, num_beams),
    );
    const rankerHash = await hashFile(join(folder, rankerFile));
    return { model: { ...model, rank, dispose }, rankerHash, ranksCold };
  } catch (error) {
    await model.dispose();
    throw error;
  }
}
