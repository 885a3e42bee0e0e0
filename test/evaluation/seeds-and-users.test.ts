import test from 'ava';
import { bootstrapIntervals } from '../../orchestrator/evaluation/bootstrap.ts';
import { holm } from '../../orchestrator/evaluation/holm.ts';
import { titledMetrics } from '../../orchestrator/evaluation/metrics.ts';
import { overSeedsAndUsers } from '../../orchestrator/evaluation/seeds-and-users.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';

const random = createRandom(3, 'seeds and users');
const drawn = (cases: number, chance = 0.3) =>
  Int32Array.from({ length: cases }, () => (random.float() < chance ? 1 + random.integer(4) : 0));
const options = { seed: 5, samples: 1000, metrics: titledMetrics };

/** Mean and standard deviation of the mean in a plain bootstrap of seeds and users, in plain words. */
function plainly(hits: number[][], samples: number): { mean: number; spread: number } {
  const means = Array.from({ length: samples }, () => {
    const seeds = hits.map(() => hits[random.integer(hits.length)]);
    const users = hits[0].map(() => random.integer(hits[0].length));
    const all = seeds.flatMap((own) => users.map((user) => own[user]));
    return all.reduce((sum, hit) => sum + hit, 0) / all.length;
  });
  const mean = means.reduce((sum, each) => sum + each, 0) / samples;
  return { mean, spread: Math.sqrt(means.reduce((sum, each) => sum + (each - mean) ** 2, 0) / samples) };
}

test('the interval is that of a plain bootstrap that draws seeds, and users for all of them', async (t) => {
  const seeds = [0.2, 0.35, 0.5].map((chance) => drawn(60, chance));
  const hits = seeds.map((ranks) => [...ranks].map((rank) => Number(rank === 1 || rank === 2)));
  const { 'recall@2': found } = await overSeedsAndUsers(
    seeds.map((ranks) => ({ ranks })),
    [2],
    options,
  );
  const exact = hits.flat().reduce((sum, hit) => sum + hit, 0) / 180;
  t.true(Math.abs(found.value - exact) < 1e-12);
  const { mean, spread } = plainly(hits, 1000);
  t.true(Math.abs(mean - exact) < 0.01);
  // Four standard deviations lie between the ends of a 95% interval.
  t.true(Math.abs((found.high - found.low) / (2 * 1.96 * spread) - 1) < 0.15, `${spread}`);
});

test('one seed is the bootstrap over users; seeds that differ widen it', async (t) => {
  const ranks = drawn(200);
  const { 'recall@5': one } = await overSeedsAndUsers([{ ranks }], [5], options);
  const { low, high } = (await bootstrapIntervals(ranks, [5], options))['recall@5'];
  t.deepEqual([one.low, one.high], [low, high]);
  const { 'recall@5': same } = await overSeedsAndUsers([{ ranks }, { ranks }], [5], options);
  t.true(Math.abs(same.high - same.low - (high - low)) < 1e-12);
  const apart = [ranks, ranks.map((rank, at) => (at % 3 === 0 ? 1 : rank))];
  const { 'recall@5': wide } = await overSeedsAndUsers(
    apart.map((own) => ({ ranks: own })),
    [5],
    options,
  );
  t.true(wide.high - wide.low > 1.5 * (high - low));
});

test('a difference is paired: a gain of every seed and few users is told from none', async (t) => {
  const base = [drawn(400), drawn(400)];
  const better = base.map((ranks) => ranks.map((rank, user) => (user % 20 === 0 ? 1 : rank)));
  const pairs = better.map((ranks, seed) => ({ ranks, minus: base[seed] }));
  const { 'recall@5': gain } = await overSeedsAndUsers(pairs, [5], options);
  t.true(gain.low > 0);
  t.is(gain.p, 2 / 1001, 'the least that so many draws can say');
  const equal = base.map((ranks) => ({ ranks, minus: ranks }));
  t.like((await overSeedsAndUsers(equal, [5], options))['recall@5'], { value: 0, low: 0, high: 0, p: 1 });
});

test('a p-value is small by chance about as often as it says', async (t) => {
  let small = 0;
  for (let round = 0; round < 60; round++) {
    const pairs = [0, 1, 2].map(() => ({ ranks: drawn(80), minus: drawn(80) }));
    const { 'recall@5': none } = await overSeedsAndUsers(pairs, [5], { ...options, samples: 200 });
    if (none.p < 0.1) small++;
  }
  t.true(small <= 12, `${small} of 60`);
});

test('all cases of a user are drawn together', async (t) => {
  const ranks = Int32Array.of(1, 1, 1, 0, 0, 0);
  const users = Int32Array.of(7, 7, 7, 9, 9, 9);
  const { 'recall@1': found } = await overSeedsAndUsers([{ ranks }], [1], { ...options, users });
  t.deepEqual([found.low, found.high], [0, 1]);
});

test('seeds that were asked of other users are refused', async (t) => {
  const ranks = Int32Array.of(1, 2);
  await t.throwsAsync(overSeedsAndUsers([{ ranks }, { ranks: ranks.subarray(1) }], [1], options), {
    message: /same users, got 2 and 1/,
  });
});

test('corrected p-values are those of plain step-down tests', (t) => {
  t.deepEqual(holm([0.01, 0.04, 0.03]), [0.03, 0.06, 0.06]);
  t.deepEqual(holm([]), []);
  // A hypothesis is rejected at a level as long as each smaller p is below the level over those that are left.
  const values = Array.from({ length: 12 }, () => random.float() / 10);
  const rejected = (level: number) => {
    const order = values.toSorted((a, b) => a - b);
    const first = order.findIndex((p, at) => p > level / (order.length - at));
    return new Set(first < 0 ? order : order.slice(0, first));
  };
  for (const level of [0.001, 0.01, 0.05, 0.1, 0.3, 0.9])
    for (const [at, p] of holm(values).entries())
      t.is(p <= level, rejected(level).has(values[at]), `${level}`);
});
