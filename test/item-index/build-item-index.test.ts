import test from 'ava';
import { buildItemIndex } from '../../orchestrator/item-index/build-item-index.ts';
import { indexReport } from '../../orchestrator/item-index/index-report.ts';
import type { BuildItemIndexOptions } from '../../orchestrator/item-index/types.ts';
import { UserError } from '../../orchestrator/shared/errors.ts';
import { createMatrix } from '../../orchestrator/shared/matrix.ts';
import { type ReportMessage, silentReporter } from '../../orchestrator/shared/reporter.ts';
import { clusteredPoints, codeOf, distinctCodes, plainOptions } from './fixtures.ts';

const semantic = clusteredPoints(300, 8, 12, 1);
const behaviour = clusteredPoints(300, 5, 20, 2);
const both: BuildItemIndexOptions = {
  ...plainOptions,
  semantic,
  behaviour,
  sources: ['semantic', 'behaviour'],
};
const build = (options: BuildItemIndexOptions) => buildItemIndex(options, silentReporter);

test('fused by codes, each source has a path that tells all items apart', async (t) => {
  const index = await build(both);
  t.is(index.levels, 4);
  t.is(distinctCodes(index, 0, 2), 300);
  t.is(distinctCodes(index, 2, 4), 300);
  t.deepEqual(index.levelSizes, [18, 18, 18, 18]);
});

test('the order of the sources is the order of their digits', async (t) => {
  const index = await build(both);
  const turned = await build({ ...both, sources: ['behaviour', 'semantic'] });
  for (const item of [0, 7, 299])
    t.is(codeOf(turned, item), `${codeOf(index, item, 2, 4)} ${codeOf(index, item, 0, 2)}`);
});

test('a source alone, or one tree over both, gives one path', async (t) => {
  for (const options of [
    { ...both, sources: ['semantic'] },
    { ...both, sources: ['behaviour'] },
    { ...both, fusion: 'embeddings' },
    { ...both, fusion: 'embeddings', faithful: true, branching: 18 },
  ] as BuildItemIndexOptions[]) {
    const index = await build(options);
    t.is(index.levels, 2);
    t.is(distinctCodes(index), 300);
  }
});

test('with fewer digits a source, a last digit tells items apart where that is needed', async (t) => {
  const short = await build({ ...both, digits: { semantic: 1, behaviour: 1 } });
  t.is(short.levels, 3);
  t.is(distinctCodes(short), 300);
  t.true(distinctCodes(short, 0, 2) < 300);
  const enough = await build({ ...both, digits: { semantic: 1 } });
  t.is(enough.levels, 3);
  t.is(distinctCodes(enough, 1, 3), 300);
  const one = await build({ ...both, sources: ['semantic'], digits: { semantic: 1 } });
  t.is(one.levels, 2);
  t.is(distinctCodes(one), 300);
});

test('equal vectors stay one item a code whatever digits are kept', async (t) => {
  const same = createMatrix(50, 3, new Float32Array(150).fill(0.1));
  const index = await build({
    ...both,
    semantic: same,
    behaviour: same,
    digits: { semantic: 1, behaviour: 1 },
  });
  t.is(distinctCodes(index), 50);
});

test('a catalogue of one item has a code', async (t) => {
  const one = createMatrix(1, 3, Float32Array.of(1, 2, 3));
  for (const faithful of [false, true])
    for (const fusion of ['codes', 'embeddings'] as const) {
      const index = await build({ ...both, semantic: one, behaviour: one, faithful, fusion });
      t.true(index.codes.every((digit) => digit === 0) || faithful);
      t.true(index.levels >= 1);
    }
});

test('the random floor has the shape of the real index, unique codes and no meaning', async (t) => {
  const index = await build(both);
  const floor = await build({ ...both, method: 'random' });
  t.is(floor.levels, index.levels);
  t.deepEqual(floor.levelSizes, [18, 17, 18, 17]);
  t.is(distinctCodes(floor, 0, 2), 300);
  t.is(distinctCodes(floor, 2, 4), 300);
  t.deepEqual(await build({ ...both, method: 'random' }), floor);
  t.notDeepEqual(await build({ ...both, method: 'random', seed: 2 }), floor);
});

test('the published way is seeded and tells items apart by the first two digits', async (t) => {
  const options = { ...both, faithful: true, branching: 20 };
  const index = await build(options);
  t.is(index.levels, 4);
  t.is(distinctCodes(index, 0, 2), 300);
  t.is(distinctCodes(index, 2, 4), 300);
  t.deepEqual(await build(options), index);
});

test('the scale of a source does not change its codes', async (t) => {
  const scaled = createMatrix(
    300,
    8,
    semantic.data.map((value) => 4 * value),
  );
  t.deepEqual(await build({ ...both, semantic: scaled }), await build(both));
});

test('progress ends with all items done', async (t) => {
  const messages: ReportMessage[] = [];
  await buildItemIndex(both, (message) => messages.push(message));
  const last = messages.at(-1);
  t.true(last?.type === 'progress' && last.done === 300 && last.total === 300);
});

test('digits are spread evenly over their levels', async (t) => {
  const report = indexReport(await build(both));
  t.is(report.collision_rate, 0);
  for (const { use } of report.by_level) t.true(use > 0.9);
  t.deepEqual(
    report.by_level.map(({ forced }) => forced),
    [0, 0, 1, 1],
  );
});

const broken: [string, Partial<BuildItemIndexOptions>, string, RegExp][] = [
  ['no source', { sources: [] }, 'item-index/sources', /each once/],
  ['a source twice', { sources: ['semantic', 'semantic'] }, 'item-index/sources', /semantic,semantic/],
  ['an absent embedding', { behaviour: undefined }, 'item-index/embedding-missing', /behaviour/],
  [
    'embeddings of different length',
    { behaviour: clusteredPoints(299, 5, 3, 1) },
    'item-index/embedding-rows',
    /300 rows .* 299/,
  ],
  ['no items', { semantic: createMatrix(0, 4) }, 'item-index/embedding-empty', /0 x 4/],
  ['a number that is none', { semantic: withNaN() }, 'item-index/embedding-not-finite', /item 2 holds NaN/],
  ['branching of one', { branching: 1 }, 'item-index/branching', /of 2 or more, got 1/],
  ['a broken branching', { branching: 2.5 }, 'item-index/branching', /got 2.5/],
  ['more digits than the path has', { digits: { semantic: 3 } }, 'item-index/digits', /from 1 to 2, got 3/],
  ['no digits', { digits: { semantic: 0 } }, 'item-index/digits', /got 0/],
  [
    'digits of an unused source',
    { sources: ['semantic'], digits: { behaviour: 1 } },
    'item-index/digits',
    /not among the sources/,
  ],
  [
    'digits with one tree',
    { fusion: 'embeddings', digits: { semantic: 1 } },
    'item-index/digits',
    /one path/,
  ],
  [
    'a branching between what can be clustered and the catalogue',
    { semantic: createMatrix(6000, 1), sources: ['semantic'], branching: 5000 },
    'item-index/branching',
    /at most 4096/,
  ],
  [
    'padding of the published way beyond memory',
    { semantic: createMatrix(3000, 1), sources: ['semantic'], branching: 2000, faithful: true },
    'item-index/faithful-size',
    /2000\^2 = 4000000 leaves/,
  ],
];
for (const [what, change, code, message] of broken)
  test(`${what} is a clear error`, async (t) => {
    const error = await t.throwsAsync(build({ ...both, ...change }), {
      instanceOf: UserError,
      code,
      message,
    });
    t.truthy((error as UserError).remedy);
    t.truthy((error as UserError).place);
  });

function withNaN() {
  const points = clusteredPoints(300, 8, 12, 1);
  points.data[2 * 8 + 3] = Number.NaN;
  return points;
}
