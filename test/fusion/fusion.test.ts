import test from 'ava';
import type { Dataset } from '../../orchestrator/dataset/types.ts';
import { drawAsIfNew, logWithout } from '../../orchestrator/fusion/as-if-new.ts';
import { crossFit } from '../../orchestrator/fusion/cross-fit.ts';
import { evidenceOf, itemTextsOf } from '../../orchestrator/fusion/features/evidence.ts';
import { neighboursOf } from '../../orchestrator/fusion/features/neighbours.ts';
import { fitRanker, type RankingExample } from '../../orchestrator/fusion/fit-ranker.ts';
import { fuseLists } from '../../orchestrator/fusion/fuse-lists.ts';
import { hiddenSize, type Ranker, rankerScores } from '../../orchestrator/fusion/ranker.ts';
import { readRanker, saveRanker } from '../../orchestrator/fusion/ranker-file.ts';
import { createMatrix, rowOf } from '../../orchestrator/shared/matrix.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const nothing = { title: '', description: '', categories: [], brand: '', keywords: [] };

const itemsCalled = (titles: readonly string[]) =>
  titles.map((title, item) => ({ ...nothing, item_id: `i${item}`, title }));

/** A log whose last two events of a user are held out. */
function datasetOf(items: number, users: readonly (readonly number[])[]): Dataset {
  const ends = users.map((_, user) => users.slice(0, user + 1).reduce((sum, own) => sum + own.length, 0));
  return {
    items: itemsCalled(Array.from({ length: items }, () => '')),
    userIds: users.map((_, user) => `u${user}`),
    offsets: Int32Array.from([0, ...ends]),
    events: Int32Array.from(users.flat()),
    trainEnd: Int32Array.from(ends, (end) => end - 2),
    validationEnd: Int32Array.from(ends, (end) => end - 1),
    historyLimit: 20,
  };
}

/** Coffee 0 is followed by filters 1, tea 2 by honey 3; the last two of each user are not looked at. */
const dataset = datasetOf(5, [
  [0, 1, 4, 4],
  [0, 4, 1, 4, 4],
  [2, 3, 4, 4],
]);
/** Coffee and filters are alike in their texts. */
const featureCount = 23;
const none: ReadonlySet<number> = new Set();
const texts = await itemTextsOf(
  dataset.items,
  createMatrix(5, 2, Float32Array.of(1, 0, 1, 0.1, 0, 1, -1, 0.5, -1, -1)),
);

test('what follows counts less the later it comes, and held-out events do not count', (t) => {
  const { followed, together } = neighboursOf(dataset);
  const of = ({ items, counts }: ReturnType<typeof followed>) =>
    Object.fromEntries(Array.from(items, (item, at) => [item, counts[at]]));
  t.deepEqual(of(followed(0)), { 1: 1 + 1 / 2, 4: 1 });
  t.deepEqual(of(followed(2)), { 3: 1 });
  t.deepEqual(of(followed(3)), {});
  t.deepEqual(of(together(1)), { 0: 2, 4: 1 });
});

test('features are what voices, counts and texts say of an item', async (t) => {
  const { featuresOf, names } = evidenceOf(dataset, texts, none);
  const history = Int32Array.of(2, 0);
  const candidates = [
    { item: 1, model: -1, encoder: -2 },
    { item: 3, model: null, encoder: -30 },
    { item: 2, model: -3, encoder: -4 },
  ];
  const [rows] = await featuresOf([{ history, candidates }]);
  const feature = (place: number, name: string) => rows[place * names.length + names.indexOf(name)];
  const near = (value: number, expected: number) => t.true(Math.abs(value - expected) < 1e-6, `${value}`);
  near(feature(0, 'log probability of the model'), -1);
  near(feature(0, 'followed the last item'), Math.log1p(1.5));
  near(feature(1, 'followed the last item'), 0);
  near(feature(1, 'followed late items'), Math.log1p(0.7));
  near(feature(0, 'followed the last item, as a share'), 15 / (2 + 5));
  near(feature(0, 'together with the last item'), 20 / (2 + 5));
  near(feature(0, 'popularity'), Math.log1p(2));
  near(feature(0, 'length of the history'), Math.log(2));
  // What no voice finds likely is as unlikely as can be told.
  near(feature(1, 'log probability of the model'), -14);
  near(feature(1, 'log probability of the encoders'), -14);
  t.true(feature(0, 'text like that of the last item') > 0.8);
  t.true(feature(1, 'text like that of the last item') < 0);
  // The texts of 2 are like those of 3 alone, which followed it once.
  near(feature(2, 'its like followed late items, as a share'), (0.7 * 10) / (1 + 5));
  near(feature(2, 'its like followed the last item, as a share'), 0);
  near(feature(0, 'its like followed late items, as a share'), 0);
  near(feature(2, 'was had before'), 1);
  near(feature(2, 'was had lately'), 1 / 2);
  near(feature(0, 'was had before'), 0);
  t.deepEqual(await featuresOf([{ history, candidates }]), [rows]);
});

test('words of a name are compared with those of late items, and of what followed them', async (t) => {
  const items = itemsCalled(['Kenko coffee', 'Melita filter', 'Kenko tea', 'Melita cup', 'cup']);
  const named = { ...dataset, items };
  const { featuresOf, names } = evidenceOf(named, await itemTextsOf(items, createMatrix(5, 1)), none);
  const candidates = [1, 2, 3, 4].map((item) => ({ item, model: null, encoder: -1 }));
  const [rows] = await featuresOf([{ history: Int32Array.of(4, 0), candidates }]);
  const feature = (item: number, name: string) => rows[(item - 1) * names.length + names.indexOf(name)];
  t.true(
    feature(2, 'words of the last item') > 0.99,
    'coffee and tea stand in one name each: too few to count',
  );
  t.is(feature(3, 'words of the last item'), 0);
  t.true(feature(3, 'words of one late item, at most') > 0.5);
  t.true(Math.abs(feature(4, 'words of late items') - 0.7 / 1.7) < 1e-6);
  // Filters followed coffee, so another product of their brand is likelier than one of none.
  t.true(
    feature(3, 'words of what followed the last item') > feature(2, 'words of what followed the last item'),
  );
  t.deepEqual(await featuresOf([{ history: Int32Array.of(4, 0), candidates }]), [rows]);
});

test('relatives are the items of the nearest texts', async (t) => {
  const random = createRandom(1, 'texts');
  const width = 6;
  const { vectors, relatives } = await itemTextsOf(
    itemsCalled(Array.from({ length: 60 }, () => '')),
    createMatrix(
      60,
      width,
      Float32Array.from({ length: 60 * width }, () => random.normal()),
    ),
  );
  await relatives.find([7, 7, 3]);
  const { items, weights } = relatives.of(7);
  const cosine = (item: number) =>
    rowOf(vectors, item).reduce((sum, value, at) => sum + value * rowOf(vectors, 7)[at], 0);
  const others = Array.from({ length: 60 }, (_, item) => item).filter((item) => item !== 7);
  const nearest = others.sort((a, b) => cosine(b) - cosine(a)).slice(0, 20);
  t.deepEqual([...items], nearest);
  const squares = nearest.map((item) => cosine(item) ** 2);
  const sum = squares.reduce((total, each) => total + each, 0);
  t.true(weights.every((weight, at) => Math.abs(weight - squares[at] / sum) < 1e-5));
});

/** Two voices, each right about half of the cases and blind otherwise: only both together know. */
function examples(count: number, seed: number): RankingExample[] {
  const random = createRandom(seed, 'examples');
  return Array.from({ length: count }, () => {
    const features = new Float32Array(6 * featureCount);
    const right = random.integer(6);
    for (let place = 0; place < 6; place++)
      for (let feature = 0; feature < 2; feature++)
        features[place * featureCount + feature] = random.normal();
    features[right * featureCount + random.integer(2)] += 4;
    return { features, right };
  });
}

const hits = (ranker: Ranker, cases: readonly RankingExample[]) =>
  cases.filter(({ features, right }) => {
    const scores = rankerScores(ranker, features);
    return scores.every((score, at) => at === right || score < scores[right]);
  }).length / cases.length;

test('a ranker learns to hear several voices, and equal data give equal rankers', async (t) => {
  const [learned, others] = [examples(600, 1), examples(300, 2)];
  const ranker = await fitRanker(learned, { features: featureCount, seed: 3 });
  const voice = (feature: number): Ranker => ({
    ...untrained(),
    direct: new Float32Array(featureCount).fill(1, feature, feature + 1),
  });
  t.true(hits(ranker, others) > hits(voice(0), others) + 0.2);
  t.true(hits(ranker, others) > hits(voice(1), others) + 0.2);
  t.deepEqual(await fitRanker(learned, { features: featureCount, seed: 3 }), ranker);
  // On average the candidates of a case have together the odds of one item.
  const odds = learned.map(({ features }) =>
    rankerScores(ranker, features).reduce((sum, log) => sum + Math.exp(log) / -Math.expm1(log), 0),
  );
  const mean = odds.reduce((sum, each) => sum + Math.log(each), 0) / odds.length;
  t.true(Math.abs(mean) < 1e-3);
});

test('what is not known of a candidate is taken as usual', async (t) => {
  const cases = examples(100, 6);
  const unknown = cases.map(({ features, right }) => {
    const some = features.slice();
    for (let at = 2; at < some.length; at += featureCount) some[at] = Number.NaN;
    return { features: some, right };
  });
  // A feature that nothing is known of is as one that is the same everywhere.
  const ranker = await fitRanker(cases, { features: featureCount, seed: 1 });
  t.deepEqual(await fitRanker(unknown, { features: featureCount, seed: 1 }), ranker);
  const told = { ...ranker, mean: ranker.mean.with(0, 5) };
  const [asMean, asUnknown] = [5, Number.NaN].map((value) =>
    rankerScores(told, new Float32Array(featureCount).fill(value, 0, 1)),
  );
  t.deepEqual(asMean, asUnknown);
});

test('a case is ranked by a ranker that has not learned from it', async (t) => {
  const cases = examples(120, 4).map((each, user) => ({ ...each, user }));
  const { rankerOf } = await crossFit(cases, { features: featureCount, seed: 1 });
  const without = cases.filter((_, at) => at % 3 !== 1);
  t.deepEqual(rankerOf(1), await fitRanker(without, { features: featureCount, seed: 1 }));
  // What the case itself says changes nothing.
  const other = cases.with(1, { ...cases[1], right: (cases[1].right + 1) % 6 });
  t.deepEqual((await crossFit(other, { features: featureCount, seed: 1 })).rankerOf(1), rankerOf(1));
  const { ranks } = await crossFit(cases.with(0, { ...cases[0], right: -1 }), {
    features: featureCount,
    seed: 1,
  });
  t.is(ranks[0], 0);
});

test('what is hidden is in no count, and what stood around it is neighbours', async (t) => {
  const hidden = logWithout(dataset, new Set([1]));
  t.deepEqual(
    [0, 1].map((user) => [...hidden.events.subarray(hidden.offsets[user], hidden.trainEnd[user])]),
    [[0], [0, 4]],
  );
  const asked = { history: Int32Array.of(0), candidates: [{ item: 1, model: null, encoder: -2 }] };
  const { featuresOf, names } = evidenceOf(hidden, texts, none);
  const [rows] = await featuresOf([asked]);
  const counted = ['followed the last item', 'together with the last item', 'popularity'];
  for (const name of counted) t.is(rows[names.indexOf(name)], 0);
  // Of an item that is known to be new, these say nothing; its texts and the encoders do.
  const [asNew] = await evidenceOf(hidden, texts, new Set([1])).featuresOf([asked]);
  const unknown = [...counted, 'log probability of the model'];
  for (const name of unknown) t.true(Number.isNaN(asNew[names.indexOf(name)]), name);
  t.is(asNew.filter((value) => !Number.isNaN(value)).length, featureCount - 9);
  const items = Array.from({ length: 50 }, (_, item) => item);
  const drawn = drawAsIfNew(items, 1);
  t.is(drawn.size, 5);
  t.deepEqual(drawAsIfNew(items, 1), drawn);
  t.notDeepEqual(drawAsIfNew(items, 2), drawn);
});

test('a list holds what either voice finds, and nothing that may not come', async (t) => {
  const history = Int32Array.of(0);
  const byEncoder = (item: number) => [0, 5, 4, 3, 2][item];
  const score = async (histories: readonly Int32Array[]) =>
    Float32Array.from(histories.flatMap(() => [0, 1, 2, 3, 4].map(byEncoder)));
  const ranker = { ...untrained(), direct: new Float32Array(featureCount).fill(1, 1, 2) };
  const found = [{ items: [4], score: -0.1 }];
  const [list, same] = await fuseLists(
    [
      { history, found, candidates: { without: new Set([0, 2]) } },
      { history, found: [{ items: [1, 4], score: -1 }], candidates: { only: new Set([1, 4]) } },
    ],
    { score, items: 5, cold: new Set(), evidence: evidenceOf(dataset, texts, none), rankerOf: () => ranker },
  );
  t.deepEqual(
    [list, same].map((codes) => codes.map(({ items }) => items[0])),
    [
      [1, 3, 4],
      [1, 4],
    ],
  );
  // The model has learned nothing of an item that nobody took: what the beams say of it does not count.
  const voiced = { ...untrained(), direct: new Float32Array(featureCount).fill(1, 0, 1) };
  const options = { score, items: 5, evidence: evidenceOf(dataset, texts, none), rankerOf: () => voiced };
  const both = [{ history, found: [3, 4].map((item) => ({ items: [item], score: -1 })), candidates: null }];
  const [known] = await fuseLists(both, { ...options, cold: new Set() });
  const [isNew] = await fuseLists(both, { ...options, cold: new Set([3]) });
  t.deepEqual([known[0].items, isNew[0].items], [[3], [4]]);
  t.true(list.every(({ score: each }, at) => each < 0 && (at === 0 || each <= list[at - 1].score)));
});

test('a ranker is kept in a file; a broken one is told', async (t) => {
  const folder = temporaryFolder(t);
  const ranker = await fitRanker(examples(50, 5), { features: featureCount, seed: 1 });
  saveRanker(folder, ranker);
  const read = readRanker(folder).of(featureCount);
  t.deepEqual({ ...read, level: 0 }, { ...ranker, level: 0 });
  t.true(Math.abs(read.level - ranker.level) < 1e-6);
  saveRanker(folder, { ...ranker, bias: new Float32Array(hiddenSize).fill(1) });
  t.is(readRanker(folder).of(featureCount).bias[0], 1);
  t.false(readRanker(folder).ranksCold);
  saveRanker(folder, ranker, true);
  t.true(readRanker(folder).ranksCold);
  t.throws(() => readRanker(folder).of(5), { code: 'fusion/broken-ranker' });
  t.throws(() => readRanker(`${folder}/elsewhere`));
});

function untrained(): Ranker {
  return {
    mean: new Float32Array(featureCount),
    deviation: new Float32Array(featureCount).fill(1),
    direct: new Float32Array(featureCount),
    hidden: new Float32Array(featureCount * hiddenSize),
    bias: new Float32Array(hiddenSize),
    out: new Float32Array(hiddenSize),
    level: 0,
  };
}
