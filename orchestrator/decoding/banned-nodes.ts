import { type CodeTrie, firstPlaces, pathsOf } from '../item-index/trie.ts';

/** [levels + 1] for each depth the nodes below which every item is excluded. */
export type BannedNodes = readonly ReadonlySet<number>[];

/**
 * Gives, for a set of excluded items, the nodes that no beam may enter. A node is banned only when nothing is left below
 * it, so a beam never ends in a dead end: lists stay as long as the items that are left allow.
 */
export function createBanning(trie: CodeTrie): (excluded: ReadonlySet<number>) => BannedNodes {
  let places: Int32Array[] | undefined;
  let paths: Int32Array[] | undefined;
  return (excluded) => {
    places ??= firstPlaces(trie);
    paths ??= pathsOf(trie);
    const counts = paths.map(() => new Map<number, number>());
    const banned = paths.map(() => new Set<number>());
    for (const item of excluded)
      for (const [depth, nodes] of paths.entries()) {
        const node = nodes[item];
        const count = (counts[depth].get(node) ?? 0) + 1;
        counts[depth].set(node, count);
        if (count === places[depth][node + 1] - places[depth][node]) banned[depth].add(node);
      }
    return banned;
  };
}
