import { add, crossEntropy, matMul, slice } from '../../../engine/functions.ts';
import { input } from '../../../engine/graph.ts';
import type { TensorView } from '../../../engine/program.ts';
import type { Value } from '../../../engine/types.ts';
import { childrenOf, type StreamTree } from '../../../item-index/stream-trees.ts';
import { childFeeds, childLogits, flatDim } from '../../../models/eager/child-logits.ts';
import { integerList } from '../feeds.ts';

/** The nodes of one level of a tree, to be chosen from, under a name for their feeds. */
export interface NodeChoice {
  name: string;
  tree: StreamTree;
  level: number;
}

/**
 * Of each row the cross entropy [B] of a node among its siblings, from states [B, width] before it; `table` has the rows
 * of the tree's nodes. Only nodes that exist are there to choose from. All nodes of the first level are siblings, so their
 * logits are one product; below, each row has rows of its own.
 */
export function nodeLosses(choice: NodeChoice, states: Value, table: Value): Value {
  return crossEntropy(siblingLogits(choice, states, table), input(`${choice.name}/targets`, ['B'], 'int64'));
}

function siblingLogits({ name, tree, level }: NodeChoice, states: Value, table: Value): Value {
  if (level === 0) {
    const { first, end } = childrenOf(tree, 0, []);
    return matMul(states, slice(table, 0, first, end), { transB: true });
  }
  const count = `C ${name}`;
  const ids = input(`${name}/children`, [flatDim('B', count)], 'int64');
  return add(childLogits(states, table, ids, ['B', count]), input(`${name}/blocked`, ['B', count]));
}

/** What they are fed, for the nodes on some paths. */
export function nodeFeeds(
  { name, tree, level }: NodeChoice,
  paths: readonly Int32Array[],
): Record<string, TensorView> {
  const rows = paths.map((path) => childrenOf(tree, level, path));
  const targets = {
    [`${name}/targets`]: integerList(rows.map(({ first }, row) => paths[row][level] - first)),
  };
  if (level === 0) return targets;
  const { ids, blocked } = childFeeds(rows);
  return { ...targets, [`${name}/children`]: ids, [`${name}/blocked`]: blocked };
}
