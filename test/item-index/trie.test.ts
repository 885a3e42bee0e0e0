import test from 'ava';
import {
  buildTrie,
  type CodeTrie,
  codeCount,
  digitsOf,
  itemsOf,
} from '../../orchestrator/item-index/trie.ts';
import type { ItemIndex } from '../../orchestrator/item-index/types.ts';
import { UserError } from '../../orchestrator/shared/errors.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';
import { randomCodes } from '../decoding/tiny-catalogue.ts';

const catalogues: Record<string, number[][]> = {
  'one item': [[4]],
  'one level': randomCodes(30, [50], 1),
  'three levels': randomCodes(100, [5, 6, 7], 2),
  'collided codes': randomCodes(80, [3, 3, 3], 3, { collisions: true }),
  'thin branches': randomCodes(50, [1000, 1000, 1000, 1000], 4),
  'huge digits': [
    [999_999, 0],
    [0, 999_999],
    [999_999, 999_999],
  ],
};

for (const [name, codes] of Object.entries(catalogues)) {
  test(`a walk through the tree meets every code once, in order, with its items: ${name}`, (t) => {
    const trie = buildTrie(indexOf(codes));
    const byCode = new Map<string, number[]>();
    for (const [item, code] of codes.entries()) {
      const items = byCode.get(code.join()) ?? [];
      byCode.set(code.join(), [...items, item]);
    }
    const expected = [...byCode.values()].sort((a, b) => compare(codes[a[0]], codes[b[0]]));
    const met = walk(trie, 0, 0, []);
    t.deepEqual(
      met.map(({ items }) => items),
      expected,
    );
    t.deepEqual(
      met.map(({ digits }) => digits),
      expected.map(([item]) => codes[item]),
    );
    t.is(codeCount(trie), expected.length);
  });
}

test('a large tree has as many children at each depth as it has nodes below', (t) => {
  const random = createRandom(1);
  const levels = 4;
  const codes = Int32Array.from({ length: levels * 100_000 }, () => random.integer(24));
  const trie = buildTrie({ levels, levelSizes: [24, 24, 24, 24], codes });
  for (let depth = 0; depth < levels; depth++) {
    t.is(trie.starts[depth].at(-1), trie.digits[depth].length);
    t.is(trie.starts[depth + 1].length, trie.digits[depth].length + 1);
    t.true(trie.starts[depth].every((start, at, all) => at === 0 || start > all[at - 1]));
  }
  t.is(trie.starts[levels].at(-1), 100_000);
});

const broken: Record<string, { index: ItemIndex; message: RegExp }> = {
  'no items': {
    index: { levels: 2, levelSizes: [1, 1], codes: new Int32Array(0) },
    message: /holds no item/,
  },
  'no levels': { index: { levels: 0, levelSizes: [], codes: Int32Array.of(1) }, message: /1 level or more/ },
  'sizes of other levels': {
    index: { levels: 2, levelSizes: [3], codes: Int32Array.of(1, 2) },
    message: /2 levels, but sizes of 1/,
  },
  'a code cut short': {
    index: { levels: 2, levelSizes: [3, 3], codes: Int32Array.of(1, 2, 0) },
    message: /3 digits are no whole number of codes/,
  },
  'a digit beyond its level': {
    index: { levels: 2, levelSizes: [3, 3], codes: Int32Array.of(1, 2, 0, 3) },
    message: /digit 2 of item 1 is 3; expected 0 to 2/,
  },
  'a negative digit': {
    index: { levels: 2, levelSizes: [3, 3], codes: Int32Array.of(-1, 2) },
    message: /digit 1 of item 0 is -1/,
  },
};

for (const [name, { index, message }] of Object.entries(broken)) {
  test(`an index with ${name} is refused`, (t) => {
    const error = t.throws(() => buildTrie(index), { instanceOf: UserError, message });
    t.truthy(error.remedy);
  });
}

function walk(
  trie: CodeTrie,
  depth: number,
  node: number,
  path: number[],
): { digits: number[]; items: number[] }[] {
  if (depth === trie.levels) {
    if (digitsOf(trie, node).join() !== path.join()) throw new Error('a leaf lies about its digits');
    return [{ digits: path, items: itemsOf(trie, node) }];
  }
  const [first, end] = trie.starts[depth].subarray(node, node + 2);
  return Array.from({ length: end - first }, (_, at) => first + at).flatMap((child) =>
    walk(trie, depth + 1, child, [...path, trie.digits[depth][child]]),
  );
}

function indexOf(codes: number[][]): ItemIndex {
  const levels = codes[0].length;
  return {
    levels,
    levelSizes: Array.from(
      { length: levels },
      (_, level) => 1 + Math.max(...codes.map((code) => code[level])),
    ),
    codes: Int32Array.from(codes.flat()),
  };
}

function compare(a: number[], b: number[]): number {
  const at = a.findIndex((digit, place) => digit !== b[place]);
  return at < 0 ? 0 : a[at] - b[at];
}
