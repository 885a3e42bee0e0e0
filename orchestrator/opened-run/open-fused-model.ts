import { join } from 'node:path';
import type { Dataset } from '../dataset/types.ts';
import { rankerFile, readRanker } from '../fusion/ranker-file.ts';
import type { Recipe } from '../recipe/schema.ts';
import { hashFile } from '../storage/hash.ts';
import type { ColdItems } from './cold-items.ts';
import { type ItemVoices, openItemVoices, readItemEmbeddings } from './item-voices.ts';
import { fusedRank, rankAnewBy } from './rank-anew.ts';
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
  let voices: ItemVoices | null = null;
  const dispose = async () => {
    await model.dispose();
    await voices?.dispose();
  };
  try {
    const folder = await given.rankerFolder();
    if (folder === null) return alone;
    const stored = readRanker(folder);
    const rankerHash = await hashFile(join(folder, rankerFile));
    const { ranksCold } = stored;
    const cold = ranksCold ? given.cold : null;
    const embeddings = await readItemEmbeddings(given.embeddingFolder, dataset);
    voices = await openItemVoices(recipe, dataset, embeddings, cold);
    const ranker = stored.of(voices.evidence.names.length);
    const anew = rankAnewBy(voices, () => ranker, num_beams);
    return { model: { ...model, rank: fusedRank(model.rank, anew), dispose }, rankerHash, ranksCold };
  } catch (error) {
    await dispose();
    throw error;
  }
}
