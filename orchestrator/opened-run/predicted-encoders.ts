import { loadBehaviourEncoder } from '../embedding/behaviour/behaviour-files.ts';
import { type BehaviourRecommender, ensembleOf } from '../embedding/behaviour/ensemble.ts';
import { predictedRows, takePredictedRows } from '../embedding/behaviour/predicted-rows.ts';
import type { BehaviourEncoder } from '../embedding/behaviour/types.ts';
import { cachedMatrix } from '../embedding/cached-matrix.ts';
import type { Recipe } from '../recipe/schema.ts';
import type { Matrix } from '../shared/matrix.ts';
import { hashNumbers } from '../storage/hash.ts';
import { behaviourFolders, predictedRowsFolder } from './stage-files.ts';

/** To be raised when other rows are predicted from the same, so that kept ones are not used. */
const version = 1;

/**
 * The behaviour encoders of a run as one, with the rows that texts predict for `items`. `counts` [items]: how often each was
 * taken. The rows are kept beside the stages: they are fitted in seconds, and asked for at every opening.
 */
export async function openPredictedEncoders(
  embeddingFolder: string,
  recipe: Recipe,
  { items, semantic, counts }: { items: ReadonlySet<number>; semantic: Matrix; counts: Float32Array },
): Promise<BehaviourRecommender> {
  const encoders: BehaviourEncoder[] = [];
  try {
    for (const folder of behaviourFolders(embeddingFolder, recipe))
      encoders.push(await loadBehaviourEncoder(folder));
    const rows = await cachedMatrix(
      predictedRowsFolder(embeddingFolder),
      {
        version,
        predicted: hashNumbers(Int32Array.from(items).sort()),
        semantic: hashNumbers(semantic.data),
        counts: hashNumbers(counts),
        encoders: encoders.map(({ embedding }) => hashNumbers(embedding.data)),
      },
      async () => predictedRows(encoders, items, semantic, counts),
    );
    takePredictedRows(encoders, items, rows);
  } catch (error) {
    for (const { dispose } of encoders) await dispose();
    throw error;
  }
  return ensembleOf(encoders);
}
