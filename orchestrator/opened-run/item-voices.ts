import type { Dataset } from '../dataset/types.ts';
import { coldItemsOf } from '../decoding/cold-items.ts';
import { ranksCold } from '../decoding/ranks-cold.ts';
import { loadBehaviourEnsemble } from '../embedding/behaviour/ensemble.ts';
import { popularityOf } from '../evaluation/popularity.ts';
import { drawAsIfNew, logWithout } from '../fusion/as-if-new.ts';
import { evidenceOf, type ItemTexts, itemTextsOf } from '../fusion/features/evidence.ts';
import type { Knowledge } from '../fusion/fuse-lists.ts';
import type { Recipe } from '../recipe/schema.ts';
import type { Matrix } from '../shared/matrix.ts';
import type { ColdItems } from './cold-items.ts';
import { readEmbeddings } from './embeddings.ts';
import { openPredictedEncoders } from './predicted-encoders.ts';
import { behaviourFolders } from './stage-files.ts';

/** What a run knows of its items beside its model: encoders, counts of its log, texts. */
export interface ItemVoices extends Knowledge {
  dispose(): Promise<void>;
}

const noItems: ReadonlySet<number> = new Set();

/** What the embedding stage left of items. */
export interface ItemEmbeddings {
  folder: string;
  /** [items x width] */
  semantic: Matrix;
  texts: ItemTexts;
}

export async function readItemEmbeddings(folder: string, { items }: Dataset): Promise<ItemEmbeddings> {
  const { semantic } = readEmbeddings(folder);
  return { folder, semantic, texts: await itemTextsOf(items, semantic) };
}

/** `cold`: those of the run, where they are ranked with all others: their encoders also serve here, and stay open. */
export async function openItemVoices(
  recipe: Recipe,
  dataset: Dataset,
  { folder, texts }: ItemEmbeddings,
  cold: ColdItems | null,
): Promise<ItemVoices> {
  const isCold = cold?.items ?? noItems;
  const shared = { items: dataset.items.length, evidence: evidenceOf(dataset, texts, isCold), cold: isCold };
  if (cold) return { ...shared, score: cold.score, dispose: async () => {} };
  return { ...shared, ...(await loadBehaviourEnsemble(behaviourFolders(folder, recipe))) };
}

/**
 * The same, as if nobody had taken a tenth of the items: nothing is counted of them, and the encoders have rows for them
 * that are predicted from texts. Null where cold items are not ranked with all others.
 */
export async function openAsIfNew(
  recipe: Recipe,
  dataset: Dataset,
  { folder, semantic, texts }: ItemEmbeddings,
): Promise<ItemVoices | null> {
  const { decoding, seed } = recipe;
  if (!ranksCold(decoding)) return null;
  const cold = coldItemsOf(popularityOf(dataset), decoding.cold_below);
  const taken = [...dataset.items.keys()].filter((item) => !cold.has(item));
  const hidden = drawAsIfNew(taken, seed);
  const log = logWithout(dataset, hidden);
  const all = new Set([...cold, ...hidden]);
  const encoders = await openPredictedEncoders(folder, recipe, {
    items: all,
    semantic,
    counts: popularityOf(log),
  });
  return { ...encoders, items: dataset.items.length, evidence: evidenceOf(log, texts, all), cold: all };
}
