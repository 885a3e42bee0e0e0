import { type CodeTrie, firstPlaces, itemsOf, pathsOf } from '../item-index/trie.ts';

/** Which items may be recommended, by their numbers: those of `only`, all by default, but none of `without`. */
export interface Candidates {
  /** Not changed afterwards: what is made of it is kept as long as the set is. */
  only?: ReadonlySet<number>;
  without?: ReadonlySet<number>;
  weighed?: Weighed;
}

/** Items whose log-probability gets a term: `by` is added where all items below a prefix are of these. */
export interface Weighed {
  items: ReadonlySet<number>;
  by: number;
}

/** [levels + 1] for each depth, the nodes that have no candidate below them. */
export type BannedNodes = readonly { has(node: number): boolean }[];

export function isCandidate({ only, without }: Candidates, item: number): boolean {
  return (only?.has(item) ?? true) && !without?.has(item);
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
  if (!candidates?.only) return candidates?.without ?? new Set();
  return new Set(
    Array.from({ length: items }, (_, item) => item).filter((item) => !isCandidate(candidates, item)),
  );
}

/** [levels + 1] for each depth, how many items are below a node; none where a node has no count. */
type Counts = readonly { get(node: number): number | undefined }[];

/**
 * The nodes that no beam may enter. A node is banned only if no candidate is below it, so a beam never reaches a dead
 * end: lists stay as long as the candidates allow. Time and memory grow with the items that are named; `only` is counted
 * once for all searches that name the same set.
 */
export function createBanning(trie: CodeTrie): (candidates: Candidates) => BannedNodes {
  let whole: Counts | undefined;
  let paths: Int32Array[] | undefined;
  const countsOf = new WeakMap<ReadonlySet<number>, Counts>();
  const countOnly = (only: ReadonlySet<number>, nodes: readonly Int32Array[]) => {
    const counts = countsOf.get(only) ?? nodes.map((own) => countByNode(own, only));
    countsOf.set(only, counts);
    return counts;
  };
  return ({ only, without = new Set() }) => {
    paths ??= pathsOf(trie);
    whole ??= firstPlaces(trie).map((first) => ({ get: (node) => first[node + 1] - first[node] }));
    if (!only) return closedNodes(paths, whole, without);
    const open = countOnly(only, paths);
    const closed = closedNodes(paths, open, new Set([...without].filter((item) => only.has(item))));
    return open.map((counts, depth) => ({
      has: (node: number) => counts.get(node) === undefined || closed[depth].has(node),
    }));
  };
}

/** Nodes of which every item that counts is excluded; excluded items count themselves. */
function closedNodes(
  paths: readonly Int32Array[],
  counts: Counts,
  excluded: ReadonlySet<number>,
): ReadonlySet<number>[] {
  return paths.map((nodes, depth) => {
    const closed = new Set<number>();
    for (const [node, count] of countByNode(nodes, excluded))
      if (count === counts[depth].get(node)) closed.add(node);
    return closed;
  });
}

function countByNode(nodes: Int32Array, items: Iterable<number>): Map<number, number> {
  const counts = new Map<number, number>();
  for (const item of items) counts.set(nodes[item], (counts.get(nodes[item]) ?? 0) + 1);
  return counts;
}
