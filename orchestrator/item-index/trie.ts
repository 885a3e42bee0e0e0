import { UserError } from '../shared/errors.ts';
import type { ItemIndex } from './types.ts';

/**
 * All codes of a catalogue as a tree, in compressed sparse rows. The nodes of one depth are numbered in the order of
 * their codes, so the children of a node are neighbours: nodes `starts[depth][node]` up to but not including
 * `starts[depth][node + 1]` of the next depth, reached by the digits `digits[depth][child]`. Below a leaf (depth
 * `levels`) the same range of `items` lists the items on that code, smallest first; collided codes have several.
 *
 * STATIC (arXiv 2602.22647) puts dense tables before its sparse rows, because it has to find the node of a prefix at
 * each step. Here every beam knows its node and only walks to its children, so rows alone are enough, and a step
 * costs as much as the node has children, however large the catalogue is.
 */
export interface CodeTrie {
  levels: number;
  /** [levels] digits in use at each level are below this */
  levelSizes: readonly number[];
  /** [levels + 1][nodes of that depth + 1] */
  starts: readonly Int32Array[];
  /** [levels][nodes of the next depth] */
  digits: readonly Int32Array[];
  /** [items] item numbers in the order of their codes */
  items: Int32Array;
  /** [items * levels] the codes themselves, by item */
  codes: Int32Array;
}

/** Time and memory grow with items * levels alone. Throws a UserError for an index that holds no proper codes. */
export function buildTrie(index: ItemIndex): CodeTrie {
  checkIndex(index);
  const { levels, levelSizes, codes } = index;
  const items = sortByCode(index);
  const depths = firstDifferences(codes, levels, items);
  const counts = nodeCounts(depths, levels);
  const starts = counts.map((count) => new Int32Array(count + 1));
  const digits = counts.slice(1).map((count) => new Int32Array(count));
  const made = new Int32Array(levels + 1);
  made[0] = 1;
  for (let place = 0; place < items.length; place++) {
    // An item that differs first at some depth opens a node at each depth from there on down to its leaf.
    for (let depth = depths[place]; depth < levels; depth++) {
      const child = made[depth + 1]++;
      digits[depth][child] = codes[items[place] * levels + depth];
      starts[depth + 1][child] = depth + 1 < levels ? made[depth + 2] : place;
    }
  }
  for (let depth = 0; depth < levels; depth++) starts[depth][counts[depth]] = counts[depth + 1];
  starts[levels][counts[levels]] = items.length;
  return { levels, levelSizes, starts, digits, items, codes };
}

/** [levels + 1][nodes of that depth + 1] where the items below a node begin in `items` */
export function firstPlaces({ levels, starts }: CodeTrie): Int32Array[] {
  const places: Int32Array[] = [];
  places[levels] = starts[levels];
  for (let depth = levels - 1; depth >= 0; depth--)
    places[depth] = starts[depth].map((child) => places[depth + 1][child]);
  return places;
}

/** [levels + 1][items] the node of each depth that an item lies below */
export function pathsOf(trie: CodeTrie): Int32Array[] {
  return firstPlaces(trie).map((places) => {
    const nodes = new Int32Array(trie.items.length);
    for (let node = 0; node + 1 < places.length; node++)
      for (let place = places[node]; place < places[node + 1]; place++) nodes[trie.items[place]] = node;
    return nodes;
  });
}

/** Number of different codes. */
export function codeCount(trie: CodeTrie): number {
  return trie.digits[trie.levels - 1].length;
}

export function itemsOf(trie: CodeTrie, leaf: number): number[] {
  return [...trie.items.subarray(trie.starts[trie.levels][leaf], trie.starts[trie.levels][leaf + 1])];
}

export function digitsOf(trie: CodeTrie, leaf: number): number[] {
  const item = trie.items[trie.starts[trie.levels][leaf]];
  return [...trie.codes.subarray(item * trie.levels, (item + 1) * trie.levels)];
}

/** Item numbers by code, equal codes by number: a counting sort by each level, the last one first. */
function sortByCode({ levels, levelSizes, codes }: ItemIndex): Int32Array {
  const count = codes.length / levels;
  let order = Int32Array.from({ length: count }, (_, item) => item);
  let sorted = new Int32Array(count);
  for (let level = levels - 1; level >= 0; level--) {
    const places = new Int32Array(levelSizes[level] + 1);
    for (let item = 0; item < count; item++) places[codes[item * levels + level] + 1]++;
    for (let digit = 1; digit < places.length; digit++) places[digit] += places[digit - 1];
    for (let at = 0; at < count; at++) sorted[places[codes[order[at] * levels + level]]++] = order[at];
    [order, sorted] = [sorted, order];
  }
  return order;
}

/** [items] by place: the first level at which the code differs from the one before it; `levels` for a repeated code. */
function firstDifferences(codes: Int32Array, levels: number, items: Int32Array): Int32Array {
  const depths = new Int32Array(items.length);
  for (let place = 1; place < items.length; place++) {
    const before = items[place - 1] * levels;
    const own = items[place] * levels;
    let depth = 0;
    while (depth < levels && codes[before + depth] === codes[own + depth]) depth++;
    depths[place] = depth;
  }
  return depths;
}

/** [levels + 1] nodes of each depth */
function nodeCounts(depths: Int32Array, levels: number): number[] {
  const opened = new Array<number>(levels + 1).fill(0);
  for (const depth of depths) opened[depth]++;
  const counts = [1];
  for (let depth = 0; depth < levels; depth++) counts.push((depth > 0 ? counts[depth] : 0) + opened[depth]);
  return counts;
}

function checkIndex({ levels, levelSizes, codes }: ItemIndex): void {
  const remedy = 'Build the item index again, or correct the file it was read from.';
  const fail = (message: string): never => {
    throw new UserError('item-index/broken-index', message, { remedy });
  };
  if (!Number.isInteger(levels) || levels < 1) fail(`an item index has 1 level or more, got ${levels}`);
  if (levelSizes.length !== levels)
    fail(`the item index has ${levels} levels, but sizes of ${levelSizes.length}`);
  if (codes.length === 0) fail('the item index holds no item; expected 1 or more');
  if (codes.length % levels !== 0)
    fail(`${codes.length} digits are no whole number of codes of ${levels} digits`);
  for (let at = 0; at < codes.length; at++) {
    const level = at % levels;
    if (codes[at] < 0 || codes[at] >= levelSizes[level])
      fail(
        `digit ${level + 1} of item ${Math.floor(at / levels)} is ${codes[at]}; expected 0 to ${levelSizes[level] - 1}`,
      );
  }
}
