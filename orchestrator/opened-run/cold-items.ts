import type { Dataset } from '../dataset/types.ts';
import { coldItemsOf } from '../decoding/cold-items.ts';
import type { ColdPlacing } from '../decoding/mix-cold.ts';
import { createColdRanking, type RankCold } from '../decoding/rank-cold.ts';
import type { BehaviourRecommender } from '../embedding/behaviour/ensemble.ts';
import { popularityOf } from '../evaluation/popularity.ts';
import type { Recipe } from '../recipe/schema.ts';
import { coldLevel } from './cold-level.ts';
import { readEmbeddings } from './embeddings.ts';
import { openPredictedEncoders } from './predicted-encoders.ts';

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
  /** Makes now what the first ranking would wait for otherwise. */
  prepare(): Promise<void>;
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
  const known = { items, semantic: readEmbeddings(embeddingFolder).semantic, counts };
  const { score, dispose } = await openPredictedEncoders(embeddingFolder, recipe, known);
  const placing = cold_items === 'behind' ? 'behind' : (cold_places ?? 'by-probability');
  const levelled = placing === 'by-probability';
  let level: Promise<number> | null = null;
  const levelOnce = () => (level ??= coldLevel({ ...known, dataset, embeddingFolder, recipe, cold: items }));
  return {
    items,
    others: new Set(Array.from(counts.keys()).filter((item) => !items.has(item))),
    placing,
    width,
    ranked: false,
    score,
    rank: createColdRanking({
      score: levelled ? raised(score, items, dataset.items.length, levelOnce) : score,
      cold: items,
      items: dataset.items.length,
      width,
    }),
    async prepare() {
      if (levelled) await levelOnce();
    },
    dispose,
  };
}

/** Scores [histories x items] with a level added to those of cold items. */
function raised(
  score: BehaviourRecommender['score'],
  cold: ReadonlySet<number>,
  items: number,
  level: () => Promise<number>,
): BehaviourRecommender['score'] {
  return async (histories) => {
    const [scores, added] = [await score(histories), await level()];
    for (let row = 0; row < histories.length; row++)
      for (const item of cold) scores[row * items + item] += added;
    return scores;
  };
}
