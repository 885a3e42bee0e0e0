import type { Paths } from './types.ts';

/** Which items share a prefix: a node of the trie of codes. */
export interface PrefixGroups {
  /** [items] group of each item, numbered in the order of their first items */
  groups: Int32Array;
  count: number;
}

/** Groups of items whose digits [from, to) are equal; for `to === from` one group of all. */
export function prefixGroups({ levels, codes }: Paths, from: number, to: number): PrefixGroups {
  const items = codes.length / levels;
  let current: PrefixGroups = { groups: new Int32Array(items), count: Math.min(items, 1) };
  for (let level = from; level < to; level++) {
    const byKey = new Map<number, number>();
    const groups = new Int32Array(items);
    for (let item = 0; item < items; item++) {
      // Digits are far below 2^22 and groups below 2^31: their pair is exact in a double.
      const key = current.groups[item] * 2 ** 22 + codes[item * levels + level];
      let group = byKey.get(key);
      if (group === undefined) {
        group = byKey.size;
        byKey.set(key, group);
      }
      groups[item] = group;
    }
    current = { groups, count: byKey.size };
  }
  return current;
}

/** [groups] number of items of each group */
export function groupSizes({ groups, count }: PrefixGroups): Int32Array {
  const sizes = new Int32Array(count);
  for (const group of groups) sizes[group]++;
  return sizes;
}

/** Items ordered by group: group g holds `members[starts[g] .. starts[g + 1])`, in the order of their numbers. */
export function membersOf(groups: PrefixGroups): { members: Int32Array; starts: Int32Array } {
  const starts = new Int32Array(groups.count + 1);
  for (const group of groups.groups) starts[group + 1]++;
  for (let group = 0; group < groups.count; group++) starts[group + 1] += starts[group];
  const next = starts.slice();
  const members = new Int32Array(groups.groups.length);
  for (let item = 0; item < members.length; item++) members[next[groups.groups[item]]++] = item;
  return { members, starts };
}
