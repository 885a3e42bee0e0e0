import { groupSizes, prefixGroups } from './prefix-groups.ts';
import { levelLetter } from './token-name.ts';
import type { ItemIndex } from './types.ts';

/** How well the codes identify items, whatever they mean. */
export interface ItemIndexReport {
  items: number;
  levels: number;
  distinct_codes: number;
  /** (items - distinct codes) / items, as LC-Rec counts it */
  collision_rate: number;
  /** Items that share their code with another */
  colliding_items: number;
  /** The largest number of items on one code */
  largest_group: number;
  /** Item numbers of the largest group, where it has more than one; at most ten. */
  largest_group_items: number[];
  by_level: LevelReport[];
  by_prefix: PrefixReport[];
}

export interface LevelReport {
  /** Letter of the level in token names */
  level: string;
  /** Largest digit + 1: tokens that the level needs */
  size: number;
  /** Digits that occur */
  used: number;
  /** Bits; at most log2(size), which is reached when all digits are equally frequent */
  entropy: number;
  /** 2^entropy / size: the share of the level that is really used */
  use: number;
  /** Share of items whose digit follows from the digits before it, so that decoding has no choice to make there */
  forced: number;
}

/** Items that share the first `depth` digits. */
export interface PrefixReport {
  depth: number;
  prefixes: number;
  smallest: number;
  median: number;
  mean: number;
  largest: number;
}

export function indexReport(index: ItemIndex): ItemIndexReport {
  const { levels, levelSizes } = index;
  const items = index.codes.length / levels;
  const byDepth = Array.from({ length: levels + 1 }, (_, depth) => prefixGroups(index, 0, depth));
  const codes = byDepth[levels];
  const sizes = groupSizes(codes);
  const largest = sizes.reduce((most, size) => Math.max(most, size), 0);
  const largestGroup = sizes.indexOf(largest);
  return {
    items,
    levels,
    distinct_codes: codes.count,
    collision_rate: items ? (items - codes.count) / items : 0,
    colliding_items: sizes.reduce((sum, size) => sum + (size > 1 ? size : 0), 0),
    largest_group: largest,
    largest_group_items: largest > 1 ? membersOfGroup(codes.groups, largestGroup) : [],
    by_level: levelSizes.map((size, level) => ({
      level: levelLetter(level),
      size,
      ...useOfLevel(index, level),
      forced: forcedShare(byDepth[level], byDepth[level + 1]),
    })),
    by_prefix: byDepth.slice(1).map((groups, at) => ({ depth: at + 1, ...sizeFigures(groupSizes(groups)) })),
  };
}

function membersOfGroup(groups: Int32Array, wanted: number): number[] {
  const members: number[] = [];
  for (let item = 0; item < groups.length && members.length < 10; item++)
    if (groups[item] === wanted) members.push(item);
  return members;
}

function useOfLevel({ levels, levelSizes, codes }: ItemIndex, level: number) {
  const counts = new Int32Array(levelSizes[level]);
  for (let at = level; at < codes.length; at += levels) counts[codes[at]]++;
  const items = codes.length / levels;
  let used = 0;
  let entropy = 0;
  for (const count of counts) {
    if (count === 0) continue;
    used++;
    entropy -= (count / items) * Math.log2(count / items);
  }
  return { used, entropy, use: counts.length ? 2 ** entropy / counts.length : 0 };
}

function forcedShare(
  parents: { groups: Int32Array; count: number },
  children: { groups: Int32Array; count: number },
): number {
  const only = new Int32Array(parents.count).fill(-1);
  const several = new Uint8Array(parents.count);
  for (let item = 0; item < parents.groups.length; item++) {
    const parent = parents.groups[item];
    if (only[parent] === -1) only[parent] = children.groups[item];
    else if (only[parent] !== children.groups[item]) several[parent] = 1;
  }
  let forced = 0;
  for (const parent of parents.groups) if (!several[parent]) forced++;
  return parents.groups.length ? forced / parents.groups.length : 0;
}

function sizeFigures(sizes: Int32Array): Omit<PrefixReport, 'depth'> {
  const ordered = sizes.slice().sort();
  const half = ordered.length >> 1;
  const median = ordered.length % 2 ? ordered[half] : (ordered[half - 1] + ordered[half]) / 2;
  return {
    prefixes: ordered.length,
    smallest: ordered[0] ?? 0,
    median: ordered.length ? median : 0,
    mean: ordered.length ? ordered.reduce((sum, size) => sum + size, 0) / ordered.length : 0,
    largest: ordered.at(-1) ?? 0,
  };
}
