import test from 'ava';
import { differencesOfRuns, type RankedRun } from '../../orchestrator/evaluation/differences-of-runs.ts';
import type { EvaluationResult } from '../../orchestrator/evaluation/result.ts';

const users = 40;

/** A run that found each target at a rank; of its protocol only what tells runs apart. */
function run(name: string, rankOf: (user: number) => number, protocol: object = {}): RankedRun {
  const ranks = Int32Array.from({ length: users }, (_, user) => rankOf(user));
  return {
    name,
    result: {
      seed: 1,
      protocol: {
        split: 'test',
        items: 500,
        cutoffs: [1, 10],
        intervals: { samples: 200, level: 0.95 },
        ...protocol,
      },
    } as EvaluationResult,
    ranks: {
      users: Int32Array.from({ length: users }, (_, user) => user),
      targets: new Int32Array(users).fill(7),
      kept: null,
      removed: ranks,
    },
  };
}

const half = run('half', (user) => (user % 2 === 0 ? 1 : 99));
const all = run('all', () => 1);

test('each other run is told as far as it is above or below the first, paired by user', async (t) => {
  const found = await differencesOfRuns([half, all, run('like half', (user) => (user % 2 === 0 ? 1 : 50))]);
  t.deepEqual(found?.metrics, ['recall@10', 'ndcg@10']);
  const [above, level] = found!.differences;
  t.deepEqual([above.run, above.minus], ['all', 'half']);
  const { value, low, high, p } = above.by.removed!['recall@10'];
  t.is(value, 0.5);
  t.true(low! > 0.2 && high! < 0.8 && p < 0.05);
  t.is(above.by.kept, undefined, 'what was not measured is not compared');
  // Who is level with the first in every user is so beyond doubt.
  t.like(level.by.removed!['recall@10'], { value: 0, low: 0, high: 0, p: 1 });
});

test('only runs that were asked the same are compared, and only where intervals are drawn', async (t) => {
  t.is(await differencesOfRuns([half]), null);
  t.is(await differencesOfRuns([half, run('other items', () => 1, { items: 400 })]), null);
  t.is(await differencesOfRuns([half, run('other split', () => 1, { split: 'validation' })]), null);
  const others = { ...all, ranks: { ...all.ranks, targets: new Int32Array(users).fill(8) } };
  t.is(await differencesOfRuns([half, others]), null);
  const intervals = { samples: 0, level: 0.95 };
  t.is(await differencesOfRuns([run('plain', () => 1, { intervals }), all]), null);
});
