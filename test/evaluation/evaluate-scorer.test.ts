import test from 'ava';
import type { EvaluationCase } from '../../orchestrator/dataset/types.ts';
import { evaluateScorer } from '../../orchestrator/evaluation/evaluate-scorer.ts';
import { topItems } from '../../orchestrator/evaluation/top-items.ts';
import { UserError } from '../../orchestrator/shared/errors.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';
import { rankOfTarget } from '../../orchestrator/shared/rank-of-target.ts';

const scores = Float32Array.of(0.5, 0.9, 0.5, 0.1, 0.5);

test('ties are ordered by item number', (t) => {
  t.deepEqual(
    [0, 1, 2, 3, 4].map((item) => rankOfTarget(scores, item)),
    [2, 1, 3, 5, 4],
  );
});

test('excluded items leave their places, an excluded target is a miss', (t) => {
  t.is(rankOfTarget(scores, 4, [1, 0, 0]), 2);
  t.is(rankOfTarget(scores, 3, [1]), 4);
  t.is(rankOfTarget(scores, 2, [2]), 0);
});

test('a target that is never recommended has no rank', (t) => {
  t.is(rankOfTarget(Float32Array.of(1, Number.NEGATIVE_INFINITY), 1), 0);
});

test('a score that is not a number is refused, not counted as a win', (t) => {
  const broken = Float32Array.of(1, Number.NaN, 3);
  for (const target of [0, 1, 2])
    t.throws(() => rankOfTarget(broken, target), {
      instanceOf: UserError,
      code: 'evaluation/not-a-number',
      message: /item number 1/,
    });
});

test('ranks and top lists agree with sorting', (t) => {
  const random = createRandom(2, 'scores');
  for (let round = 0; round < 30; round++) {
    const row = Float32Array.from({ length: 60 }, () => random.integer(12));
    const exclude = new Set([random.integer(60), random.integer(60)]);
    const sorted = [...row.keys()].sort((a, b) => row[b] - row[a] || a - b);
    const allowed = sorted.filter((item) => !exclude.has(item));
    t.deepEqual(topItems(row, 7), sorted.slice(0, 7));
    t.deepEqual(topItems(row, 7, exclude), allowed.slice(0, 7));
    for (let item = 0; item < 60; item++) {
      t.is(rankOfTarget(row, item), sorted.indexOf(item) + 1);
      t.is(rankOfTarget(row, item, exclude), allowed.indexOf(item) + 1);
    }
  }
});

const caseOf = (user: number, history: number[], target: number): EvaluationCase => ({
  user,
  history: Int32Array.from(history),
  seen: Int32Array.from(history),
  target,
  event: 0,
});

test('every user is counted, the short last batch included', async (t) => {
  const cases = Array.from({ length: 7 }, (_, user) => caseOf(user, [user % 5], (user + 1) % 5));
  const sizes: number[] = [];
  const { kept } = await evaluateScorer(
    cases,
    async (histories) => {
      sizes.push(histories.length);
      // The item after the last of the history scores best.
      return Float32Array.from(
        histories.flatMap(([last]) => [0, 1, 2, 3, 4].map((item) => -((item - last + 4) % 5))),
      );
    },
    { items: 5, batchSize: 3 },
  );
  t.deepEqual(sizes, [3, 3, 1]);
  t.deepEqual([...kept], new Array(7).fill(1));
});

test('coverage counts the items that someone gets', async (t) => {
  const cases = [caseOf(0, [0], 1), caseOf(1, [1], 0)];
  const { coverage } = await evaluateScorer(
    cases,
    async (histories) =>
      Float32Array.from(histories.flatMap(([last]) => (last === 0 ? [0, 3, 2, 1] : [3, 0, 1, 2]))),
    { items: 4, coverageCutoff: 1 },
  );
  t.is(coverage, 2 / 4);
});

test('a scorer that gives too few scores is found out', async (t) => {
  await t.throwsAsync(
    evaluateScorer([caseOf(0, [0], 1)], async () => new Float32Array(3), { items: 4 }),
    { message: /1 x 4 scores, got 3/ },
  );
});

test('where no list may hold what was seen, coverage is that of lists without it; both rankings are given', async (t) => {
  const asked = { ...caseOf(0, [1], 3), seen: Int32Array.of(0, 2, 1) };
  const found = await evaluateScorer([asked], async () => Float32Array.of(9, 8, 7, 6, 5), {
    items: 5,
    listsSeen: false,
    coverageCutoff: 2,
  });
  t.deepEqual([found.kept[0], found.removed[0]], [4, 1]);
  t.is(found.coverage, 2 / 5, 'items 3 and 4 are the two that are listed');
});

test('all that was seen is removed, not the end of it that the history shows', async (t) => {
  const asked = { ...caseOf(0, [1], 3), seen: Int32Array.of(0, 2, 1) };
  const { kept, removed } = await evaluateScorer([asked], async () => Float32Array.of(9, 8, 7, 6, 5), {
    items: 5,
  });
  t.deepEqual([kept[0], removed[0]], [4, 1]);
});
