import test from 'ava';
import { bootstrapIntervals } from '../../orchestrator/evaluation/bootstrap.ts';
import { pairedDifference } from '../../orchestrator/evaluation/compare.ts';
import { rankingMetrics } from '../../orchestrator/evaluation/ranking-metrics.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';

/** Rank 1 with the given chance, else 0. */
function bernoulli(users: number, chance: number, label: string | number): Int32Array {
  const random = createRandom(11, 'bernoulli', label);
  return Int32Array.from({ length: users }, () => (random.float() < chance ? 1 : 0));
}

test('intervals of a simulated coin hold the truth about 95 times in 100', async (t) => {
  let held = 0;
  const rounds = 300;
  for (let round = 0; round < rounds; round++) {
    const { 'recall@1': interval } = await bootstrapIntervals(bernoulli(400, 0.3, round), [1], {
      seed: round,
      samples: 300,
    });
    if (interval.low <= 0.3 && 0.3 <= interval.high) held++;
  }
  t.true(held / rounds > 0.91 && held / rounds < 0.98, `${held} of ${rounds}`);
});

test('the width is that of the normal approximation', async (t) => {
  const ranks = bernoulli(5000, 0.1, 'width');
  const { 'recall@1': interval } = await bootstrapIntervals(ranks, [1], { seed: 1, samples: 1000 });
  const share = rankingMetrics(ranks, [1])['recall@1'];
  const expected = 2 * 1.96 * Math.sqrt((share * (1 - share)) / 5000);
  t.true(Math.abs((interval.high - interval.low) / expected - 1) < 0.1);
  t.true(interval.low < share && share < interval.high);
});

test('a seed gives the same intervals again, another seed others', async (t) => {
  const ranks = Int32Array.from({ length: 200 }, (_, at) => at % 30);
  const first = await bootstrapIntervals(ranks, [5, 10], { seed: 1, samples: 100 });
  t.deepEqual(await bootstrapIntervals(ranks, [5, 10], { seed: 1, samples: 100 }), first);
  t.notDeepEqual(await bootstrapIntervals(ranks, [5, 10], { seed: 2, samples: 100 }), first);
});

test('users who are all alike leave an interval of no width', async (t) => {
  const { 'recall@5': hit, 'recall@1': miss } = await bootstrapIntervals(new Int32Array(50).fill(2), [1, 5], {
    seed: 1,
    samples: 50,
  });
  t.deepEqual(hit, { low: 1, high: 1 });
  t.deepEqual(miss, { low: 0, high: 0 });
});

test('a paired difference is narrower than two intervals, where users are hard or easy for both', async (t) => {
  const base = bernoulli(1000, 0.3, 'base');
  const better = base.map((rank, user) => (user % 50 === 0 ? 1 : rank));
  const options = { seed: 5, samples: 400 };
  const { 'recall@1': difference } = await pairedDifference(better, base, [1], options);
  const a = (await bootstrapIntervals(better, [1], options))['recall@1'];
  const b = (await bootstrapIntervals(base, [1], options))['recall@1'];
  const gained = better.filter((rank, user) => rank !== base[user]).length / 1000;
  t.true(Math.abs(difference.value - gained) < 1e-12);
  t.true(difference.low > 0);
  t.true(a.low < b.high, 'the intervals themselves overlap');
});

/** `users` users of `each` cases that are hits or misses all together: what can happen in a split by time. */
function clustered(users: number, each: number, label: number) {
  const hits = bernoulli(users, 0.5, `cluster ${label}`);
  return {
    ranks: Int32Array.from({ length: users * each }, (_, at) => hits[Math.floor(at / each)]),
    users: Int32Array.from({ length: users * each }, (_, at) => Math.floor(at / each)),
  };
}

test('users are drawn, not their cases: 25 equal cases a user say no more than one', async (t) => {
  const { ranks, users } = clustered(40, 25, 1);
  const one = ranks.filter((_, at) => at % 25 === 0);
  const options = { seed: 3, samples: 500 };
  t.deepEqual(
    await bootstrapIntervals(ranks, [1], { ...options, users }),
    await bootstrapIntervals(one, [1], options),
  );
  const [few, many] = [
    await bootstrapIntervals(ranks, [1], { ...options, users }),
    await bootstrapIntervals(ranks, [1], options),
  ].map(({ 'recall@1': { low, high } }) => high - low);
  t.true(few > 4 * many, `${few} against ${many}`);
});

test('intervals over users hold the truth about 95 times in 100, where cases of a user are alike', async (t) => {
  let held = 0;
  const rounds = 300;
  for (let round = 0; round < rounds; round++) {
    const { ranks, users } = clustered(60, 10, round);
    const { 'recall@1': own } = await bootstrapIntervals(ranks, [1], { seed: round, samples: 200, users });
    if (own.low <= 0.5 && 0.5 <= own.high) held++;
  }
  t.true(held / rounds > 0.9 && held / rounds < 0.98, `${held} of ${rounds}`);
});

test('paired differences draw users, too', async (t) => {
  const { ranks, users } = clustered(40, 25, 7);
  const other = new Int32Array(ranks.length);
  const [few, many] = [
    await pairedDifference(ranks, other, [1], { seed: 1, samples: 300, users }),
    await pairedDifference(ranks, other, [1], { seed: 1, samples: 300 }),
  ].map(({ 'recall@1': { low, high } }) => high - low);
  t.true(few > 4 * many, `${few} against ${many}`);
});

test('users with many cases weigh as much as their cases', async (t) => {
  // One user with 98 hits, two with a miss each.
  const ranks = Int32Array.from({ length: 100 }, (_, at) => (at < 98 ? 1 : 0));
  const users = Int32Array.from({ length: 100 }, (_, at) => Math.max(0, at - 97));
  const { 'recall@1': own } = await bootstrapIntervals(ranks, [1], { seed: 1, samples: 400, users });
  t.is(own.low, 0, 'some draws have the two alone');
  t.is(own.high, 1);
  await t.throwsAsync(bootstrapIntervals(ranks, [1], { seed: 1, samples: 1000, users: users.slice(1) }), {
    message: /99 users are named for 100 cases/,
  });
});

test('methods that ranked different numbers of users cannot be compared', async (t) => {
  await t.throwsAsync(
    pairedDifference(Int32Array.of(1, 2), Int32Array.of(1), [1], { seed: 1, samples: 1000 }),
    {
      message: /same users/,
    },
  );
});

test('a stop is obeyed', async (t) => {
  const signal = AbortSignal.abort(new Error('stopped'));
  const ranks = Int32Array.from({ length: 50_000 }, (_, at) => at % 100);
  await t.throwsAsync(bootstrapIntervals(ranks, [10], { seed: 1, samples: 1000, signal }), {
    message: 'stopped',
  });
});
