import test from 'ava';
import type { EvaluationCase } from '../../orchestrator/dataset/types.ts';
import {
  evaluateLists,
  type RankedCode,
  type Recommender,
} from '../../orchestrator/evaluation/evaluate-lists.ts';
import { countSeenShares, fittingTerm } from '../../orchestrator/evaluation/fit-seen-term.ts';
import { UserError } from '../../orchestrator/shared/errors.ts';

const caseOf = (target: number): EvaluationCase => ({
  user: target,
  history: Int32Array.of(0),
  seen: Int32Array.of(0, 5),
  target,
  event: 0,
});

/** Beams with falling scores. */
const list = (...codes: number[][]): RankedCode[] =>
  codes.map((items, at) => ({ items: Int32Array.from(items), score: -at }));

const evaluate = (targets: number[], lists: RankedCode[][], batchSize = 2, coverageCutoff = 10) => {
  let next = 0;
  return evaluateLists(
    targets.map(caseOf),
    async (histories) => histories.map(() => ({ kept: lists[next++], removed: [] })),
    {
      items: 10,
      batchSize,
      coverageCutoff,
    },
  );
};

test('without collisions both ranks are the place of the beam', async (t) => {
  const found = await evaluate([4, 2, 9], [list([4], [1]), list([1], [2]), list([1], [2])]);
  t.deepEqual([...found.kept], [1, 2, 0]);
  t.deepEqual([...found.codeRanks], [1, 2, 0]);
  t.is(found.legalShare, 1);
  t.is(found.repeatedShare, 0);
  t.is(found.collidedShare, 0);
  t.deepEqual(found.listLengths, { shortest: 2, longest: 2 });
});

test('items of a collided code hold a place each, by item number', async (t) => {
  // codes: {7, 3}, {5}, {8, 6, 1}: items 3 7 5 1 6 8
  const beams = list([7, 3], [5], [8, 6, 1]);
  const found = await evaluate([3, 7, 5, 1, 6, 8], [beams, beams, beams, beams, beams, beams]);
  t.deepEqual([...found.kept], [1, 2, 3, 4, 5, 6]);
  t.deepEqual([...found.codeRanks], [1, 1, 2, 3, 3, 3]);
  t.is(found.collidedShare, 5 / 6);
});

test('a code of no item holds a place and lowers the share of legal beams', async (t) => {
  const found = await evaluate([2], [list([], [1], [2], [])]);
  t.deepEqual([...found.kept], [3]);
  t.is(found.legalShare, 0.5);
});

test('a repeated beam holds a place and is counted', async (t) => {
  const found = await evaluate([2], [list([1], [1], [2], [2])]);
  t.deepEqual([...found.kept], [3]);
  t.is(found.repeatedShare, 0.5);
});

test('coverage looks at the first places alone', async (t) => {
  const found = await evaluate([2, 2], [list([1], [2], [3]), list([1], [4], [5])], 2, 2);
  t.is(found.coverage, 3 / 10);
});

test('with seen items removed the ranks are those of the other list, a seen target is a miss', async (t) => {
  const unseen = [list([3], [2]), list([2]), list([], [4], [2])];
  const asked: number[][] = [];
  let next = 0;
  const found = await evaluateLists(
    [2, 0, 2].map(caseOf),
    async (_, seen) => {
      asked.push(...seen.map((items) => [...items]));
      return seen.map(() => ({ kept: list([0], [3], [2]), removed: unseen[next++] }));
    },
    { items: 10 },
  );
  t.deepEqual(asked, new Array(3).fill([0, 5]), 'the recommender is told all that was seen');
  t.deepEqual([...found.kept], [3, 1, 3]);
  t.deepEqual([...found.removed], [2, 0, 3], 'a code of no item keeps its place');
  t.deepEqual(found.listLengths, { shortest: 3, longest: 3 });
});

test('where lists are served without what was seen, all but the ranks is of these', async (t) => {
  const recommend: Recommender = async (histories) =>
    histories.map(() => ({ kept: list([0], [2], [5]), removed: list([2]) }));
  const watched: RankedCode[][] = [];
  const found = await evaluateLists([caseOf(2)], recommend, {
    items: 10,
    listsSeen: false,
    watch: (_, own) => watched.push([...own]),
  });
  t.deepEqual([found.kept[0], found.removed[0], found.codeRanks[0]], [2, 1, 1]);
  t.deepEqual(found.listLengths, { shortest: 1, longest: 1 });
  t.is(found.coverage, 1 / 10);
  t.deepEqual(watched, [list([2])]);
});

test('a cold item holds the place that it was given, whatever its score', async (t) => {
  const mixed: RankedCode[] = [
    { items: [1], score: -1 },
    { items: [4], score: -9, cold: true },
    { items: [2], score: -2 },
  ];
  const found = await evaluate([4, 2], [mixed, mixed]);
  t.deepEqual([...found.kept], [2, 3]);
  const disorder = [mixed[2], mixed[1], mixed[0]];
  await t.throwsAsync(evaluate([4], [disorder]), { message: /best first/ });
});

test('an empty list is a miss', async (t) => {
  const found = await evaluate([2, 1], [[], list([1])]);
  t.deepEqual([...found.kept], [0, 1]);
  t.deepEqual(found.listLengths, { shortest: 0, longest: 1 });
});

test('the term for seen items makes as many repeats expected as came', (t) => {
  const shares = [0.1, 0.4, 0, 0.7, 0.2];
  const expected = (term: number) =>
    shares.reduce((sum, share) => sum + (share * Math.exp(term)) / (1 - share + share * Math.exp(term)), 0);
  for (const taken of [1, 2, 3]) t.true(Math.abs(expected(fittingTerm(shares, taken)!) - taken) < 1e-9);
  t.true(Math.abs(expected(fittingTerm(shares, 0)!) - 0.5) < 1e-9, 'half of one, where none came');
  t.true(fittingTerm([0.25], 1)! < 20, 'nothing is certain');
  t.is(fittingTerm([0, 0], 1), null);
});

test('shares of seen items are counted in generated lists with nothing removed, those of shared codes where all are', async (t) => {
  const kept = [
    { items: [7], score: Math.log(0.5) },
    { items: [0], score: Math.log(0.25) },
    { items: [0, 3], score: Math.log(0.1) },
  ];
  const lists = { kept, removed: [] };
  const counted = countSeenShares(async (histories) => ({
    generated: histories.map(() => lists),
    shown: [],
  }));
  const cases = [caseOf(7), caseOf(0), caseOf(4), caseOf(4)];
  await counted.search(
    cases.map(({ history }) => history),
    [],
    [],
  );
  t.regex(counted.describe(cases)!, /give 25\.0% .* 25\.0% of the targets .*\.seen_term: -?0\.0 /);
});

test('every user is counted, the short last batch included', async (t) => {
  const found = await evaluate([1, 1, 1, 1, 1], new Array(5).fill(list([1])), 2);
  t.deepEqual([...found.kept], [1, 1, 1, 1, 1]);
});

test('a beam whose score is not a number is refused', async (t) => {
  const error = await t.throwsAsync<UserError>(evaluate([1], [[{ items: [1], score: Number.NaN }]]), {
    instanceOf: UserError,
    code: 'evaluation/not-a-number',
  });
  t.truthy(error!.remedy);
});

test('beams out of order, unknown items and missing lists are bugs that are found out', async (t) => {
  await t.throwsAsync(evaluate([1], [list([1], [2]).reverse()]), { message: /best first/ });
  await t.throwsAsync(evaluate([1], [list([10])]), { message: /names item 10, there are 10/ });
  await t.throwsAsync(
    evaluateLists([caseOf(1)], async () => [], { items: 10 }),
    { message: /must give 1 lists, got 0/ },
  );
});
