import { streamsOf, trieOf } from './streams.ts';
import { type CodeTrie, pathsOf } from './trie.ts';
import type { ItemIndex } from './types.ts';

/** The tree of one stream of codes, whose nodes have numbers of their own: depth by depth, from below the root on. */
export interface StreamTree {
  name: string;
  levels: number;
  /** All nodes but the root. */
  nodes: number;
  trie: CodeTrie;
  /** [levels] the number of the first node of depth level + 1 */
  firstOfDepth: readonly number[];
  /** [items * levels] the nodes on the way to each item */
  paths: Int32Array;
}

export function streamTrees(index: ItemIndex): StreamTree[] {
  return streamsOf(index).map((stream) => {
    const trie = trieOf(index, stream);
    const { levels } = stream;
    const firstOfDepth: number[] = [];
    let nodes = 0;
    for (let depth = 1; depth <= levels; depth++) {
      firstOfDepth.push(nodes);
      nodes += trie.starts[depth].length - 1;
    }
    const ways = pathsOf(trie);
    const items = index.codes.length / index.levels;
    const paths = Int32Array.from({ length: items * levels }, (_, at) => {
      const level = at % levels;
      return firstOfDepth[level] + ways[level + 1][Math.floor(at / levels)];
    });
    return { name: stream.name, levels, nodes, trie, firstOfDepth, paths };
  });
}

/** The nodes below the one that the first `depth` nodes of a path lead to: numbers [first, end). */
export function childrenOf(
  { trie: { starts }, firstOfDepth }: StreamTree,
  depth: number,
  path: ArrayLike<number>,
): { first: number; end: number } {
  const node = depth === 0 ? 0 : path[depth - 1] - firstOfDepth[depth - 1];
  const base = firstOfDepth[depth];
  return { first: base + starts[depth][node], end: base + starts[depth][node + 1] };
}

/** [levels] the nodes on the way to an item. */
export function pathTo({ levels, paths }: StreamTree, item: number): Int32Array {
  return paths.subarray(item * levels, (item + 1) * levels);
}
