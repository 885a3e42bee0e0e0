import { pathTo } from '../item-index/stream-trees.ts';
import type { PromptSource } from './prompt-source.ts';
import type { TrainingRow } from './types.ts';

/**
 * A row of the layout `items`. Where an item has a code of each source (EAGER): the numbers of the items of a history, and
 * the nodes to an item in the tree of each stream. Where it has one code (LIGER): each item is its number and the tokens of
 * its code, and the target is the code of an item.
 */
export function itemRow(source: PromptSource, history: ArrayLike<number>, item: number): TrainingRow {
  const target = source.index.streams
    ? Int32Array.from(source.trees().flatMap((tree) => [...pathTo(tree, item)]))
    : codeOf(source, item);
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

/** The latest items of a history, as many as a row may have. */
export function latestItems(source: PromptSource, history: ArrayLike<number>): Int32Array {
  const latest = Int32Array.from(history).slice(-mostItems(source));
  if (source.index.streams) return latest;
  return Int32Array.from([...latest].flatMap((item) => [item, ...codeOf(source, item)]));
}

/** How many items the history of such a row may have. */
export function mostItems({ dataset, index, maxLength }: PromptSource): number {
  const each = index.streams ? 1 : index.levels + 1;
  return Math.min(dataset.historyLimit, Math.floor(maxLength / each));
}

function codeOf({ index: { levels }, itemTokens }: PromptSource, item: number): Int32Array {
  return itemTokens.slice(item * levels, (item + 1) * levels);
}
