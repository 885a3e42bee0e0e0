import test from 'ava';
import { chooseShape, type TreeShape } from '../../orchestrator/item-index/branching.ts';
import { buildBalancedTree } from '../../orchestrator/item-index/methods/balanced-tree.ts';
import { buildFaithfulTree } from '../../orchestrator/item-index/methods/faithful-tree.ts';
import { orderBySimilarity } from '../../orchestrator/item-index/order-by-similarity.ts';
import { createMatrix, type Matrix } from '../../orchestrator/shared/matrix.ts';
import { createRandom, shuffle } from '../../orchestrator/shared/random.ts';
import { silentReporter } from '../../orchestrator/shared/reporter.ts';
import { clusteredPoints, codeOf, distinctCodes, withinGroups } from './fixtures.ts';

const given = (shape: TreeShape, seed = 1) => ({ shape, seed, label: 'semantic', report: silentReporter });

const tree = (points: Matrix, branching: number | 'auto', seed = 1) =>
  buildBalancedTree(points, given(chooseShape(points.rows, branching), seed));

test('the height follows from the number of items, exactly at powers too', (t) => {
  t.deepEqual(
    [1, 2, 16, 17, 256, 257, 4096].map((items) => chooseShape(items, 16).height),
    [1, 1, 1, 2, 2, 3, 3],
  );
  t.deepEqual(chooseShape(65_536, 256), { branching: 256, height: 2 });
  t.deepEqual(chooseShape(65_537, 256), { branching: 256, height: 3 });
  t.deepEqual(chooseShape(12_101, 'auto'), { branching: 111, height: 2 });
  t.deepEqual(chooseShape(65_536, 'auto'), { branching: 256, height: 2 });
  t.deepEqual(chooseShape(65_537, 'auto'), { branching: 41, height: 3 });
  t.deepEqual(chooseShape(300_000, 'auto'), { branching: 67, height: 3 });
  t.deepEqual(chooseShape(1, 'auto'), { branching: 2, height: 2 });
  t.deepEqual(chooseShape(1000, 'auto', true), { branching: 256, height: 2 });
});

for (const [items, branching, columns] of [
  [1, 'auto', 3],
  [2, 2, 1],
  [5, 4, 2],
  [8, 2, 3],
  [9, 2, 3],
  [64, 4, 5],
  [65, 4, 5],
  [100, 'auto', 8],
  [256, 16, 4],
  [300, 300, 2],
  [700, 'auto', 16],
] as const)
  test(`${items} items in ${columns} dimensions, branching ${branching}: one leaf an item, digits within the branching`, async (t) => {
    const points = clusteredPoints(items, columns, 5, items);
    const shape = chooseShape(items, branching);
    for (const build of [buildBalancedTree, buildFaithfulTree]) {
      const paths = await build(points, given(shape));
      t.is(paths.levels, shape.height);
      t.is(distinctCodes(paths), items);
      t.true(paths.codes.every((digit) => digit >= 0 && digit < shape.branching));
    }
  });

test('whatever the number of items, branching and width, there is one leaf an item', async (t) => {
  const random = createRandom(17, 'shapes');
  for (let round = 0; round < 40; round++) {
    const items = 1 + random.integer(120);
    const branching = 2 + random.integer(14);
    const points = clusteredPoints(items, 1 + random.integer(6), 1 + random.integer(9), round);
    // Half of the rounds have many equal rows.
    if (round % 2) points.data.set(points.data.map((value) => Math.sign(value)));
    const paths = await tree(points, branching, round);
    t.is(distinctCodes(paths), items, `${items} items, branching ${branching}`);
    t.true(paths.codes.every((digit) => digit >= 0 && digit < branching));
  }
});

test('equal vectors, zero vectors and few different vectors get one leaf each', async (t) => {
  for (const values of [1, 0]) {
    const points = createMatrix(90, 4, new Float32Array(360).fill(values));
    t.is(distinctCodes(await tree(points, 10)), 90);
    t.is(distinctCodes(await tree(points, 'auto')), 90);
    const faithful = await buildFaithfulTree(points, given(chooseShape(90, 10)));
    t.is(distinctCodes(faithful), 90);
  }
  const pairs = createMatrix(
    64,
    1,
    Float32Array.from({ length: 64 }, (_, row) => row % 2),
  );
  t.is(distinctCodes(await tree(pairs, 4)), 64);
});

test('clusters of one node differ in size by at most one', async (t) => {
  const points = clusteredPoints(333, 6, 4, 9);
  const paths = await tree(points, 7);
  for (const depth of [1, 2]) {
    const sizes = new Map<string, Map<string, number>>();
    for (let item = 0; item < points.rows; item++) {
      const above = codeOf(paths, item, 0, depth - 1);
      const own = codeOf(paths, item, 0, depth);
      const children = sizes.get(above) ?? new Map();
      sizes.set(above, children.set(own, (children.get(own) ?? 0) + 1));
    }
    for (const children of sizes.values()) {
      t.is(children.size, 7);
      t.true(Math.max(...children.values()) - Math.min(...children.values()) <= 1);
    }
  }
});

test('the same seed gives the same tree, another seed another', async (t) => {
  const points = clusteredPoints(400, 8, 9, 2);
  const first = await tree(points, 'auto', 5);
  t.deepEqual(await tree(points, 'auto', 5), first);
  t.notDeepEqual(await tree(points, 'auto', 6), first);
});

test('clusters are tighter than those of the published way, and those than random ones', async (t) => {
  const points = clusteredPoints(1024, 16, 40, 4);
  const shape = chooseShape(1024, 32);
  const improved = await buildBalancedTree(points, given(shape));
  const faithful = await buildFaithfulTree(points, given(shape));
  const placed = shuffle(
    Array.from({ length: 1024 }, (_, row) => row % 32),
    createRandom(1),
  );
  const ofFirst = (paths: typeof improved) => withinGroups(points, (row) => codeOf(paths, row, 0, 1));
  t.log(
    ofFirst(improved),
    ofFirst(faithful),
    withinGroups(points, (row) => placed[row]),
  );
  t.true(ofFirst(improved) < 0.98 * ofFirst(faithful));
  t.true(ofFirst(faithful) < 0.8 * withinGroups(points, (row) => placed[row]));
});

test('neighbouring first digits stand for clusters that are nearer than clusters taken at random', async (t) => {
  const points = clusteredPoints(900, 3, 300, 8);
  const paths = await tree(points, 30);
  const centres = Array.from({ length: 30 }, (_, digit) => {
    const members = Array.from(Array(900).keys()).filter((row) => paths.codes[row * 2] === digit);
    return [0, 1, 2].map(
      (column) => members.reduce((sum, row) => sum + points.data[row * 3 + column], 0) / members.length,
    );
  });
  const gap = (left: number, right: number) =>
    Math.hypot(...centres[left].map((value, column) => value - centres[right][column]));
  let neighbours = 0;
  let all = 0;
  for (let left = 0; left < 30; left++) {
    if (left) neighbours += gap(left - 1, left) / 29;
    for (let right = 0; right < left; right++) all += gap(left, right) / 435;
  }
  t.log(neighbours, all);
  t.true(neighbours < 0.6 * all);
});

test('a chain through points of a line follows the line', (t) => {
  const line = shuffle(Array.from(Array(40).keys()), createRandom(2));
  const order = Array.from(
    orderBySimilarity(createMatrix(40, 1, Float32Array.from(line))),
    (row) => line[row],
  );
  if (order[0] !== 0) order.reverse();
  t.deepEqual(order, Array.from(Array(40).keys()));
});

test('a digit of the second level means the same under every first digit', async (t) => {
  // Each point is one of 16 centres plus one of 16 offsets: both can be found.
  const points = createMatrix(256, 8);
  const random = createRandom(11);
  const offsets = Array.from({ length: 16 * 8 }, () => 0.3 * random.normal());
  const centres = Array.from({ length: 16 * 8 }, () => 3 * random.normal());
  for (let row = 0; row < 256; row++)
    for (let column = 0; column < 8; column++)
      points.data[row * 8 + column] = centres[(row >> 4) * 8 + column] + offsets[(row & 15) * 8 + column];
  const paths = await tree(points, 16);
  const residuals = createMatrix(256, 8);
  for (let at = 0; at < residuals.data.length; at++)
    residuals.data[at] = offsets[(Math.floor(at / 8) & 15) * 8 + (at % 8)];
  const explained =
    1 - withinGroups(residuals, (row) => paths.codes[row * 2 + 1]) / withinGroups(residuals, () => 0);
  t.log(explained);
  t.true(explained > 0.9);
});

test('building stops when it is told to', async (t) => {
  const points = clusteredPoints(500, 8, 9, 2);
  const shape = chooseShape(500, 'auto');
  for (const build of [buildBalancedTree, buildFaithfulTree])
    await t.throwsAsync(build(points, { ...given(shape), signal: AbortSignal.abort() }), {
      any: true,
      name: 'AbortError',
    });
});
