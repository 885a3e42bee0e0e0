import { add, crossEntropy } from '../../../engine/functions.ts';
import { input } from '../../../engine/graph.ts';
import type { TensorView } from '../../../engine/program.ts';
import type { Value } from '../../../engine/types.ts';
import { childrenOf, type StreamTree } from '../../../item-index/stream-trees.ts';
import { childFeeds, childLogits, flatDim } from '../../../models/eager/child-logits.ts';
import { integerList } from '../feeds.ts';

/**
 * Of each row the cross entropy [B] of a node among its siblings, from states [B, width] before it. All nodes of the
 * first level are siblings. Only nodes that exist are there to choose from.
 */
export function nodeLosses(name: string, states: Value, table: Value): Value {
  const count = `C ${name}`;
  const ids = input(`${name}/children`, [flatDim('B', count)], 'int64');
  const logits = childLogits(states, table, ids, ['B', count]);
  const blocked = input(`${name}/blocked`, ['B', count]);
  return crossEntropy(add(logits, blocked), input(`${name}/targets`, ['B'], 'int64'));
}

/** What they are fed, for the nodes at `level` of some paths. */
export function nodeFeeds(
  name: string,
  tree: StreamTree,
  level: number,
  paths: readonly Int32Array[],
): Record<string, TensorView> {
  const rows = paths.map((path) => childrenOf(tree, level, path));
  const { ids, blocked } = childFeeds(rows);
  return {
    [`${name}/children`]: ids,
    [`${name}/blocked`]: blocked,
    [`${name}/targets`]: integerList(rows.map(({ first }, row) => paths[row][level] - first)),
  };
}
