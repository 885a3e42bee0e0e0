import type { StreamTree } from '../../../item-index/stream-trees.ts';
import type { Batch } from '../../../models/model.ts';
import type { Example } from '../../../shared/example.ts';

/** A tree, and where the nodes of its paths stand in a target: one stream behind the other. */
export interface PlacedTree {
  tree: StreamTree;
  start: number;
}

export function placedTrees(trees: readonly StreamTree[]): PlacedTree[] {
  let start = 0;
  return trees.map((tree) => {
    const placed = { tree, start };
    start += tree.levels;
    return placed;
  });
}

/** The nodes to the target of each example. */
export function pathsIn({ tree, start }: PlacedTree, examples: readonly Example[]): Int32Array[] {
  return examples.map(({ target }) => target.subarray(start, start + tree.levels));
}

/** Flat places of the summaries of a stream, one an example. */
export function summaryPlaces(
  { tree, start }: PlacedTree,
  batch: Batch,
  examples: readonly Example[],
): number[] {
  return examples.map((_, row) => batch.behind(row, start + tree.levels - 1));
}

/** The item that an example is about. */
export function targetOf({ summaries }: Example): number {
  return summaries[0].item;
}
