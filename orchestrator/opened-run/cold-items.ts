import type { Dataset } from '../dataset/types.ts';
import { coldItemsOf } from '../decoding/cold-items.ts';
import type { ColdPlacing } from '../decoding/mix-cold.ts';
import { createColdRanking, type RankCold } from '../decoding/rank-cold.ts';
import { loadBehaviourEncoder } from '../embedding/behaviour/behaviour-files.ts';
import { type BehaviourRecommender, ensembleOf } from '../embedding/behaviour/ensemble.ts';
import type { BehaviourEncoder } from '../embedding/behaviour/types.ts';
import { withPredictedRows } from '../embedding/behaviour/with-predicted-rows.ts';
import { popularityOf } from '../evaluation/popularity.ts';
import type { Recipe } from '../recipe/schema.ts';
import type { Matrix } from '../shared/matrix.ts';
import { readEmbeddings } from './embeddings.ts';
import { behaviourFolders } from './stage-files.ts';

/** The items of a run that nobody took in its training log, with what ranks them. */
export interface ColdItems {
  items: ReadonlySet<number>;
  /** All others. */
  others: ReadonlySet<number>;
  placing: ColdPlacing;
  /** Lists behind a history alone, ranked anew, hold them already. */
  ranked: boolean;
  /** The longest list of one ranking. */
  width: number;
  rank: RankCold;
  /** Scores of all items behind each history, [histories x items]. */
  score: BehaviourRecommender['score'];
  dispose(): Promise<void>;
}

/**
 * Opens what ranks the cold items of a run: its behaviour encoders, with the rows that texts predict for these items.
 * Null where the recipe does not ask for it, or where no item is cold.
 */
export async function openColdItems(
  recipe: Recipe,
  dataset: Dataset,
  embeddingFolder: string,
): Promise<ColdItems | null> {
  const { cold_items, cold_places, cold_below, num_beams: width } = recipe.decoding;
  if (cold_items === 'none') return null;
  const counts = popularityOf(dataset);
  const items = coldItemsOf(counts, cold_below);
  if (items.size === 0) return null;
  const folders = behaviourFolders(embeddingFolder, recipe);
  const known = { items, semantic: readEmbeddings(embeddingFolder).semantic, counts };
  const { score, dispose } = await openPredictedEncoders(folders, known);
  return {
    items,
    others: new Set(Array.from(counts.keys()).filter((item) => !items.has(item))),
    placing: cold_items === 'behind' ? 'behind' : (cold_places ?? 'by-probability'),
    width,
    ranked: false,
    score,
    rank: createColdRanking({ score, cold: items, items: dataset.items.length, width }),
    dispose,
  };
}

/**
 * The encoders in some folders as one, with the rows that texts predict for `items`. `counts` [items]: how often each was
 * taken.
 */
export async function openPredictedEncoders(
  folders: readonly string[],
  { items, semantic, counts }: { items: ReadonlySet<number>; semantic: Matrix; counts: Float32Array },
): Promise<BehaviourRecommender> {
  const encoders: BehaviourEncoder[] = [];
  try {
    for (const folder of folders) encoders.push(await loadBehaviourEncoder(folder));
    withPredictedRows(encoders, items, semantic, counts);
  } catch (error) {
    for (const { dispose } of encoders) await dispose();
    throw error;
  }
  return ensembleOf(encoders);
}
