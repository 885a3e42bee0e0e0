import { join } from 'node:path';
import test from 'ava';
import { evaluationCases } from '../../orchestrator/dataset/evaluation-cases.ts';
import type { Dataset } from '../../orchestrator/dataset/types.ts';
import { behaviourSettings } from '../../orchestrator/embedding/behaviour/settings.ts';
import { trainBehaviourEnsemble } from '../../orchestrator/embedding/behaviour/train-ensemble.ts';
import { rankBaselines } from '../../orchestrator/evaluation/baselines.ts';
import type { ScorerRanks } from '../../orchestrator/evaluation/evaluate-scorer.ts';
import type { Question } from '../../orchestrator/evaluation/evaluate-sparse.ts';
import type { BaselineName } from '../../orchestrator/evaluation/settings.ts';
import { createMatrix } from '../../orchestrator/shared/matrix.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';
import { silentReporter } from '../../orchestrator/shared/reporter.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const nothing = { title: '', description: '', categories: [], brand: '', keywords: [] };

/** A log with leave-one-out; a user has an event a day. */
function datasetOf(
  items: number,
  users: readonly (readonly number[])[],
  firstDays = users.map(() => 0),
): Dataset {
  const ends = users.map((_, user) => users.slice(0, user + 1).reduce((sum, own) => sum + own.length, 0));
  return {
    items: Array.from({ length: items }, (_, item) => ({ ...nothing, item_id: `i${item}` })),
    userIds: users.map((_, user) => `u${user}`),
    offsets: Int32Array.from([0, ...ends]),
    events: Int32Array.from(users.flat()),
    trainEnd: Int32Array.from(ends, (end) => end - 2),
    validationEnd: Int32Array.from(ends, (end) => end - 1),
    times: Float64Array.from(users.flatMap((own, user) => own.map((_, at) => day(firstDays[user] + at)))),
    historyLimit: 6,
  };
}

/** Seconds since 1970, as logs of our days have them. */
const day = (number: number) => 1.7e9 + 86_400 * number;

async function ranksOf(
  name: BaselineName,
  dataset: Dataset,
  { listsSeen = true, coverageCutoff = 3, recent_days = 28 } = {},
): Promise<ScorerRanks | undefined> {
  const [method] = await rankBaselines([name], {
    cases: [...evaluationCases(dataset, 'test')],
    dataset,
    settings: { recent_days },
    behaviour: behaviourSettings.parse({}),
    behaviourFolders: [],
    seed: 1,
    semantic: () => {
      throw new Error('no encoder is trained here');
    },
    workFolder: '',
    options: { items: dataset.items.length, listsSeen, coverageCutoff },
  });
  return method?.ranked;
}

/** Users' training items. */
const trained = ({ offsets, trainEnd, events, userIds }: Dataset) =>
  userIds.map((_, user) => [...events.subarray(offsets[user], trainEnd[user])]);
const count = <T>(values: readonly T[], one: T) => values.filter((each) => each === one).length;
const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);

/** What each baseline says of an item, in the plainest words. */
const plain: Partial<Record<BaselineName, (dataset: Dataset, asked: Question, item: number) => number>> = {
  popularity: () => 0,
  'bought-together': (dataset, { history }, item) => {
    const users = trained(dataset);
    const having = (...wanted: number[]) =>
      users.filter((own) => wanted.every((each) => own.includes(each))).length;
    return sum(
      [...new Set(history)]
        .filter((own) => own !== item && having(own, item) > 0)
        .map((own) => having(own, item) / Math.sqrt(having(own) * having(item))),
    );
  },
  'what-followed': (dataset, { history }, item) => {
    const pairs = trained(dataset).flatMap((own) => own.slice(1).map((next, at) => [own[at], next]));
    return sum(
      [...history]
        .toReversed()
        .slice(0, 5)
        .map((last, back) => {
          const followers = pairs.filter(([first]) => first === last).map(([, next]) => next);
          return followers.length > 0 ? (0.5 ** back * count(followers, item)) / followers.length : 0;
        }),
    );
  },
  'buy-again': (_, { seen }, item) =>
    seen.includes(item) ? count([...seen], item) + (seen.lastIndexOf(item) + 1) / (seen.length + 1) : 0,
};

for (const [name, scoreOf] of Object.entries(plain))
  test(`${name} ranks every item as brute force does, with seen items kept and removed`, async (t) => {
    const random = createRandom(5, name);
    for (let round = 0; round < 8; round++) {
      const users = Array.from({ length: 12 }, () =>
        Array.from({ length: 3 + random.integer(9) }, () => random.integer(14)),
      );
      // Two items that nobody has.
      const dataset = datasetOf(16, users);
      const counts = dataset.items.map((_, item) => count(trained(dataset).flat(), item));
      const found = await ranksOf(name as BaselineName, dataset);
      const listed = new Set<number>();
      for (const [at, { target, ...asked }] of [...evaluationCases(dataset, 'test')].entries()) {
        const scores = dataset.items.map((_, item) => scoreOf(dataset, asked, item));
        const order = [...scores.keys()].sort(
          (a, b) => scores[b] - scores[a] || counts[b] - counts[a] || a - b,
        );
        const without = order.filter((item) => !asked.seen.includes(item));
        t.is(found!.kept[at], order.indexOf(target) + 1);
        t.is(found!.removed[at], without.indexOf(target) + 1);
        for (const item of order.slice(0, 3)) listed.add(item);
      }
      t.is(found!.coverage, listed.size / 16);
    }
  });

test('popularity counts training events alone and recommends the same to everyone', async (t) => {
  const dataset = datasetOf(4, [
    [0, 1, 1, 2, 3],
    [1, 0, 2, 2],
  ]);
  const { kept, removed } = (await ranksOf('popularity', dataset))!;
  // By training events: 1 (three times), 0 (twice), then 2 and 3.
  t.deepEqual([...kept], [4, 3]);
  t.deepEqual([...removed], [1, 0]);
});

test('what is popular of late counts the last days before the latest training event', async (t) => {
  // Item 0 was bought most, item 1 most in the last week.
  const users = [
    [0, 0, 0, 9, 1],
    [0, 0, 3, 9, 1],
    [1, 1, 9, 1],
  ];
  const dataset = datasetOf(10, users, [0, 0, 30]);
  const places = async (recent_days: number) => [
    ...(await ranksOf('recent-popularity', dataset, { recent_days }))!.kept,
  ];
  t.deepEqual(await places(7), [1, 1, 1]);
  t.deepEqual(await places(365), [2, 2, 2]);
});

test('a log without times has no row of what is popular of late', async (t) => {
  const { times: _times, ...dataset } = datasetOf(4, [[0, 1, 2, 3]]);
  t.is(await ranksOf('recent-popularity', dataset), undefined);
});

test('where nobody takes an item again, there is nothing to buy again', async (t) => {
  t.is(await ranksOf('buy-again', datasetOf(4, [[0, 1, 2, 3]]), { listsSeen: false }), undefined);
});

test('a million items take no matrix', async (t) => {
  const dataset = datasetOf(1_000_000, [
    [0, 999_999, 5, 999_999],
    [0, 999_999, 7, 8],
  ]);
  const { kept } = (await ranksOf('what-followed', dataset))!;
  // After 0 came 999,999 both times; before 8 stand the two items that were bought, and 1 to 7.
  t.is(kept[0], 1);
  t.is(kept[1], 10);
});

test('SASRec and DIN stand side by side, the one that the recipe does not have trained for it', async (t) => {
  const dataset = datasetOf(6, [
    [0, 1, 2, 3, 4],
    [1, 2, 3, 4, 5],
    [2, 3, 4, 5, 0],
  ]);
  const folder = temporaryFolder(t);
  const behaviour = behaviourSettings.parse({ encoder: 'din', hidden_size: 8, epochs: 1, batch_size: 4 });
  const own = join(folder, 'own');
  const semantic = createMatrix(6, 2);
  const trained = { seed: 1, semantic, folders: [own], statesFolder: join(folder, 'state') };
  await trainBehaviourEnsemble(behaviour, dataset, trained, silentReporter);
  const epochs = new Set<number | undefined>();
  const rank = (...names: BaselineName[]) =>
    rankBaselines(names, {
      cases: [...evaluationCases(dataset, 'test')],
      dataset,
      settings: { recent_days: 28, other_encoder: { epochs: 2 } },
      behaviour,
      behaviourFolders: [own],
      seed: 1,
      semantic: () => semantic,
      workFolder: join(folder, 'work'),
      options: {
        items: 6,
        report: (told) => {
          if (told.type === 'progress' && told.label === 'behaviour') epochs.add(told.total);
        },
      },
    });
  t.deepEqual(
    (await rank('sasrec', 'din')).map(({ name }) => name),
    ['sasrec', 'din'],
  );
  const both = await rank('sasrec', 'din', 'behaviour');
  t.deepEqual(
    both.map(({ name }) => name),
    ['sasrec', 'din'],
    'no row stands twice',
  );
  t.true(both.every(({ ranked }) => ranked.kept.every((rank) => rank >= 1 && rank <= 6)));
  t.deepEqual([...epochs], [2], 'only for the one that is trained here, which has settings of its own');
});
