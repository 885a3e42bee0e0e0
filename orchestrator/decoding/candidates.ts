import { type CodeTrie, firstPlaces, itemsOf, pathsOf } from '../item-index/trie.ts';

/** Which items may be recommended, by their numbers. */
export type Candidates = { only: ReadonlySet<number> } | { without: ReadonlySet<number> };

/** [levels + 1] for each depth, the nodes that have no candidate below them. */
export type BannedNodes = readonly { has(node: number): boolean }[];

function isCandidate(candidates: Candidates, item: number): boolean {
  return 'only' in candidates ? candidates.only.has(item) : !candidates.without.has(item);
}

/** The candidates that have a code; all of its items if nothing is excluded. */
export function candidatesOn(
  trie: CodeTrie,
  leaf: number,
  candidates: Candidates | null | undefined,
): number[] {
  const items = itemsOf(trie, leaf);
  return candidates ? items.filter((item) => isCandidate(candidates, item)) : items;
}

/** The excluded items. */
export function excludedItems(candidates: Candidates | null, items: number): ReadonlySet<number> {
  if (!candidates) return new Set();
  if ('without' in candidates) return candidates.without;
  const { only } = candidates;
  return new Set(Array.from({ length: items }, (_, item) => item).filter((item) => !only.has(item)));
}

/**
 * The nodes that no beam may enter. A node is banned only if no candidate is below it, so a beam never reaches a dead
 * end: lists stay as long as the candidates allow. Time and memory grow with the items that are named.
 */
export function createBanning(trie: CodeTrie): (candidates: Candidates) => BannedNodes {
  let places: Int32Array[] | undefined;
  let paths: Int32Array[] | undefined;
  return (candidates) => {
    places ??= firstPlaces(trie);
    paths ??= pathsOf(trie);
    if ('only' in candidates) {
      const open = paths.map((nodes) => new Set(Array.from(candidates.only, (item) => nodes[item])));
      return open.map((nodes) => ({ has: (node: number) => !nodes.has(node) }));
    }
    return closedNodes(paths, places, candidates.without);
  };
}

/** Nodes of which every item is excluded. */
function closedNodes(
  paths: readonly Int32Array[],
  places: readonly Int32Array[],
  excluded: ReadonlySet<number>,
): ReadonlySet<number>[] {
  return paths.map((nodes, depth) => {
    const counts = new Map<number, number>();
    const closed = new Set<number>();
    for (const item of excluded) {
      const node = nodes[item];
      const count = (counts.get(node) ?? 0) + 1;
      counts.set(node, count);
      if (count === places[depth][node + 1] - places[depth][node]) closed.add(node);
    }
    return closed;
  });
}
