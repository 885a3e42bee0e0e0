import { loadBehaviourEncoder } from '../embedding/behaviour/behaviour-files.ts';
import { type BehaviourRecommender, ensembleOf } from '../embedding/behaviour/ensemble.ts';
import type { BehaviourEncoder } from '../embedding/behaviour/types.ts';
import { withPredictedRows } from '../embedding/behaviour/with-predicted-rows.ts';
import type { Matrix } from '../shared/matrix.ts';

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
