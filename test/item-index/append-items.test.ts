import test from 'ava';
import { appendItems } from '../../orchestrator/item-index/append-items.ts';
import { buildItemIndex } from '../../orchestrator/item-index/build-item-index.ts';
import { withLevelSizes } from '../../orchestrator/item-index/paths.ts';
import { UserError } from '../../orchestrator/shared/errors.ts';
import { createMatrix, type Matrix } from '../../orchestrator/shared/matrix.ts';
import { silentReporter } from '../../orchestrator/shared/reporter.ts';
import { clusteredPoints, distinctCodes, plainOptions } from './fixtures.ts';

const all = { semantic: clusteredPoints(260, 6, 8, 1), behaviour: clusteredPoints(260, 4, 12, 2) };
const semantic = split(all.semantic, 230);
const behaviour = split(all.behaviour, 230);
const options = {
  ...plainOptions,
  semantic: semantic.old,
  behaviour: behaviour.old,
  sources: ['semantic', 'behaviour'] as const,
  branching: 17,
};

test('appended items leave old codes as they are, and every path still tells all items apart', async (t) => {
  const old = await buildItemIndex(options, silentReporter);
  const { index, newTokens } = await appendItems(old, [
    { ...semantic, levels: 2 },
    { ...behaviour, levels: 2 },
  ]);
  t.deepEqual(index.codes.subarray(0, old.codes.length), old.codes);
  t.is(index.codes.length, 260 * 4);
  for (const [from, to] of [
    [0, 2],
    [2, 4],
    [0, 4],
  ])
    t.is(distinctCodes(index, from, to), 260);
  t.deepEqual(newTokens, []);
  t.deepEqual(index.levelSizes, old.levelSizes);
});

test('appending twice equals itself', async (t) => {
  const old = await buildItemIndex(options, silentReporter);
  const sources = [
    { ...semantic, levels: 2 },
    { ...behaviour, levels: 2 },
  ];
  t.deepEqual(await appendItems(old, sources), await appendItems(old, sources));
});

test('a new item joins the cluster of the items that it equals', async (t) => {
  const old = await buildItemIndex({ ...options, sources: ['semantic'], branching: 20 }, silentReporter);
  const twins = createMatrix(5, 6, semantic.old.data.slice(0, 30));
  const { index } = await appendItems(old, [{ old: semantic.old, added: twins, levels: 2 }], {
    keepVocabulary: false,
  });
  let joined = 0;
  for (let item = 0; item < 5; item++) if (index.codes[(230 + item) * 2] === old.codes[item * 2]) joined++;
  t.true(joined >= 4);
});

test('an item takes the free digit whose items lie like it', async (t) => {
  // Two clusters; digit 0 lies below the centre, 1 at it, 2 above. The second cluster has no item above.
  const points = createMatrix(5, 2, Float32Array.of(5, -1, 5, 0, 5, 1, -5, -1, -5, 0));
  const old = withLevelSizes({ levels: 2, codes: Int32Array.of(0, 0, 0, 1, 0, 2, 1, 0, 1, 1) });
  const added = createMatrix(1, 2, Float32Array.of(-5, 1));
  const { index, newTokens } = await appendItems(old, [{ old: points, added, levels: 2 }]);
  t.deepEqual(Array.from(index.codes.subarray(10)), [1, 2]);
  t.deepEqual(newTokens, []);
});

test('a full cluster is passed over while others have room, or grows by a new digit', async (t) => {
  const points = createMatrix(3, 2, Float32Array.of(5, -1, 5, 1, -5, 0));
  const old = withLevelSizes({ levels: 2, codes: Int32Array.of(0, 0, 0, 1, 1, 0) });
  const added = createMatrix(1, 2, Float32Array.of(5, 0));
  const sources = [{ old: points, added, levels: 2 }];
  t.deepEqual(Array.from((await appendItems(old, sources)).index.codes.subarray(6)), [1, 1]);
  const grown = await appendItems(old, sources, { keepVocabulary: false });
  t.deepEqual(Array.from(grown.index.codes.subarray(6)), [0, 2]);
  t.deepEqual(grown.newTokens, ['<b_2>']);
  t.deepEqual(grown.index.levelSizes, [2, 3]);
});

test('when all clusters are full, new items get new digits and no code twice', async (t) => {
  const points = clusteredPoints(4, 3, 2, 5);
  const old = withLevelSizes({ levels: 2, codes: Int32Array.of(0, 0, 0, 1, 1, 0, 1, 1) });
  const added = clusteredPoints(20, 3, 2, 6);
  const { index, newTokens } = await appendItems(old, [{ old: points, added, levels: 2 }]);
  t.is(distinctCodes(index), 24);
  t.true(newTokens.length >= 8);
});

test('a last level that tells apart goes on to do so', async (t) => {
  const old = await buildItemIndex({ ...options, digits: { semantic: 1, behaviour: 1 } }, silentReporter);
  t.is(old.levels, 3);
  const { index } = await appendItems(old, [
    { ...semantic, levels: 1 },
    { ...behaviour, levels: 1 },
  ]);
  t.is(distinctCodes(index), 260);
  t.deepEqual(index.codes.subarray(0, old.codes.length), old.codes);
});

test('an index with collisions is added to without a further one', async (t) => {
  const old = withLevelSizes({ levels: 2, codes: Int32Array.of(0, 0, 0, 0, 1, 0) });
  const points = clusteredPoints(3, 3, 3, 5);
  const { index } = await appendItems(old, [{ old: points, added: points, levels: 2 }]);
  t.is(distinctCodes(index), 5);
});

test('append tells clearly what does not fit together', async (t) => {
  const old = withLevelSizes({ levels: 2, codes: Int32Array.of(0, 0, 0, 1, 1, 0) });
  const three = clusteredPoints(3, 3, 3, 5);
  const nan = createMatrix(1, 3, Float32Array.of(0, Number.NaN, 0));
  const fit = { old: three, added: three, levels: 2 };
  const cases = [
    [[], /0 levels, the index has 2/],
    [[{ ...fit, levels: 3 }], /3 levels, the index has 2/],
    [[{ ...fit, old: clusteredPoints(4, 3, 3, 5) }], /4 rows, the index 3 items/],
    [[{ ...fit, added: clusteredPoints(3, 2, 3, 5) }], /old rows have 3 numbers, new rows 2/],
    [[{ ...fit, added: nan }], /not finite/],
    [
      [
        { ...fit, levels: 1 },
        { ...fit, levels: 1, added: clusteredPoints(2, 3, 3, 5) },
      ],
      /one source has 2 new items, another 3/,
    ],
  ] as const;
  for (const [sources, message] of cases) {
    const error = await t.throwsAsync(appendItems(old, [...sources]), { instanceOf: UserError, message });
    t.truthy((error as UserError).remedy);
  }
});

function split(points: Matrix, rows: number): { old: Matrix; added: Matrix } {
  const at = rows * points.columns;
  return {
    old: createMatrix(rows, points.columns, points.data.slice(0, at)),
    added: createMatrix(points.rows - rows, points.columns, points.data.slice(at)),
  };
}
