import test from 'ava';
import { drawsFor } from '../../orchestrator/sweep/collect.ts';
import { compareVariants, type EvaluatedRun } from '../../orchestrator/sweep/compare-variants.ts';

const users = Int32Array.from({ length: 60 }, (_, user) => user);

/** A run that finds the targets of every `each`th user. */
function runOf(variant: string, seed: number, each: number, targets = users): EvaluatedRun {
  const ranks = users.map((user) => (user % each === 0 ? 1 : 0));
  return { variant, seed, ranks: { users, targets, kept: ranks, removed: ranks } };
}

const options = { cutoffs: [10], seed: 1, samples: 300 };

test('every variant is held against the first, over the seeds that both have', async (t) => {
  const runs = [runOf('plain', 1, 4), runOf('plain', 2, 3), runOf('twice', 1, 2), runOf('twice', 2, 2)];
  const { plain, twice } = await compareVariants([...runs, runOf('twice', 3, 1)], 'plain', options);
  t.deepEqual(plain.difference, {});
  t.is(plain.figures.kept!['recall@10'].value, (15 + 20) / 2 / 60);
  const { value, low, p } = twice.difference.kept!['recall@10'];
  t.true(Math.abs(value - (30 - (15 + 20) / 2) / 60) < 1e-12);
  t.true(low > 0 && p < 0.05);
});

test('p is corrected for the rows of a column', async (t) => {
  const first = runOf('plain', 1, 4);
  const alone = await compareVariants([first, runOf('a', 1, 2)], 'plain', options);
  const among = await compareVariants(
    [first, runOf('a', 1, 2), runOf('b', 1, 2), runOf('c', 1, 4)],
    'plain',
    options,
  );
  const p = ({ difference }: (typeof among)[string]) => difference.removed!['recall@10'].p;
  t.is(p(alone.a), 2 / 301);
  t.is(p(among.a), 6 / 301);
  t.is(p(among.c), 1);
});

test('a variant that was asked other questions, or keeps no list with seen items, has no such difference', async (t) => {
  const [first, other] = [runOf('plain', 1, 4), runOf('other data', 1, 2, users.toReversed())];
  const older = runOf('older', 1, 2);
  older.ranks.kept = null;
  const found = await compareVariants([first, other, older], 'plain', options);
  t.deepEqual(found['other data'].difference, {});
  t.deepEqual(found['other data'].figures, {}, 'one seed says that of itself');
  t.deepEqual(Object.keys(found.older.difference), ['removed']);
});

test('a sweep of many variants draws more, so that a difference can still be told from chance', (t) => {
  t.is(drawsFor(4), 1000);
  for (const rows of [4, 13, 40]) t.true((2 / (drawsFor(rows) + 1)) * rows <= 0.01);
});
