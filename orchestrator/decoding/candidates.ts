import { type CodeTrie, firstPlaces, itemsOf, pathsOf } from '../item-index/trie.ts';

/**
 * Which items may be recommended, by their numbers. `standing`: items that are excluded as well, request after request,
 * such as all that a shop does not sell any more; what the same set closes is counted once.
 */
export type Candidates =
  | { only: ReadonlySet<number> }
  | { without: ReadonlySet<number>; standing?: ReadonlySet<number> | undefined };

/** [levels + 1] for each depth, the nodes that have no candidate below them. */
export type BannedNodes = readonly { has(node: number): boolean }[];

function isCandidate(candidates: Candidates, item: number): boolean {
  if ('only' in candidates) return candidates.only.has(item);
  return !candidates.without.has(item) && !candidates.standing?.has(item);
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
  if ('without' in candidates) {
    const { without, standing } = candidates;
    return standing && standing.size > 0 ? new Set([...without, ...standing]) : without;
  }
  const { only } = candidates;
  return new Set(Array.from({ length: items }, (_, item) => item).filter((item) => !only.has(item)));
}

/**
 * The nodes that no beam may enter. A node is banned only if no candidate is below it, so a beam never reaches a dead
 * end: lists stay as long as the candidates allow. Time and memory grow with the items that are named, for a standing
 * set only at its first request.
 */
export function createBanning(trie: CodeTrie): (candidates: Candidates) => BannedNodes {
  let places: Int32Array[] | undefined;
  let paths: Int32Array[] | undefined;
  const counted = new WeakMap<ReadonlySet<number>, Int32Array[]>();
  return (candidates) => {
    places ??= firstPlaces(trie);
    paths ??= pathsOf(trie);
    if ('only' in candidates) {
      const open = paths.map((nodes) => new Set(Array.from(candidates.only, (item) => nodes[item])));
      return open.map((nodes) => ({ has: (node: number) => !nodes.has(node) }));
    }
    const { without, standing } = candidates;
    if (!standing || standing.size === 0) return closedNodes(paths, places, without);
    let counts = counted.get(standing);
    if (!counts) {
      counts = countBelow(paths, places, standing);
      counted.set(standing, counts);
    }
    const added = [...without].filter((item) => !standing.has(item));
    return withStanding(closedNodes(paths, places, added, counts), places, counts);
  };
}

/** Nodes of which every item is excluded; `before`: how many are excluded already, by depth and node. */
function closedNodes(
  paths: readonly Int32Array[],
  places: readonly Int32Array[],
  excluded: Iterable<number>,
  before?: readonly Int32Array[],
): ReadonlySet<number>[] {
  return paths.map((nodes, depth) => {
    const counts = new Map<number, number>();
    const closed = new Set<number>();
    for (const item of excluded) {
      const node = nodes[item];
      const count = (counts.get(node) ?? before?.[depth][node] ?? 0) + 1;
      counts.set(node, count);
      if (count === sizeOf(places[depth], node)) closed.add(node);
    }
    return closed;
  });
}

function withStanding(
  closed: readonly ReadonlySet<number>[],
  places: readonly Int32Array[],
  counts: readonly Int32Array[],
): BannedNodes {
  return closed.map((nodes, depth) => ({
    has: (node: number) => nodes.has(node) || counts[depth][node] === sizeOf(places[depth], node),
  }));
}

/** [levels + 1][nodes of that depth] how many items below a node are among these. */
function countBelow(
  paths: readonly Int32Array[],
  places: readonly Int32Array[],
  items: ReadonlySet<number>,
): Int32Array[] {
  return paths.map((nodes, depth) => {
    const counts = new Int32Array(places[depth].length - 1);
    for (const item of items) {
      if (nodes[item] === undefined)
        throw new RangeError(`candidate ${item} of a catalogue with ${nodes.length} items`);
      counts[nodes[item]]++;
    }
    return counts;
  });
}

/** Items below a node. */
function sizeOf(places: Int32Array, node: number): number {
  return places[node + 1] - places[node];
}
