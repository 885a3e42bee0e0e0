import { pathTo } from '../item-index/stream-trees.ts';
import type { PromptSource } from './prompt-source.ts';
import type { TrainingRow } from './types.ts';

/** A row of the layout `items`: the numbers of the items of a history, and the nodes to an item in the tree of each stream. */
export function itemRow(source: PromptSource, history: ArrayLike<number>, item: number): TrainingRow {
  const target = Int32Array.from(source.trees().flatMap((tree) => [...pathTo(tree, item)]));
  let position = -1;
  const summaries = source.streams.map(({ levels }) => {
    position += levels;
    return { position, item };
  });
  return {
    task: 'sequential-recommendation',
    source: latestItems(source, history),
    target,
    weights: new Float32Array(target.length).fill(1),
    summaries,
  };
}

/** As many items as a row may have. */
export function latestItems(
  { dataset, maxLength }: Pick<PromptSource, 'dataset' | 'maxLength'>,
  history: ArrayLike<number>,
): Int32Array {
  return Int32Array.from(history).slice(-Math.min(dataset.historyLimit, maxLength));
}
