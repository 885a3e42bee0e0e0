import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { buildResult, type ResultOptions } from '../../orchestrator/evaluation/build-result.ts';
import { describeDifference, describeSeen } from '../../orchestrator/evaluation/describe-result.ts';
import { metricsTable, metricsTableMarkdown } from '../../orchestrator/evaluation/metrics-table.ts';
import { readResult, writeResult } from '../../orchestrator/evaluation/result.ts';
import { resultFigures } from '../../orchestrator/evaluation/result-figures.ts';
import { UserError } from '../../orchestrator/shared/errors.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const popular = {
  name: 'popularity',
  ranked: {
    kept: Int32Array.of(9, 0, 4, 0),
    removed: Int32Array.of(1, 1, 1, 0),
    coverage: 0.1,
    coverageCutoff: 10,
  },
};
const model = {
  name: 'eager-llm',
  ranked: {
    kept: Int32Array.of(1, 2, 1, 0),
    removed: Int32Array.of(1, 1, 0, 0),
    codeRanks: Int32Array.of(1, 1, 1, 0),
    legalShare: 1,
    repeatedShare: 0,
    collidedShare: 0.25,
    coverage: 0.5,
    coverageCutoff: 10,
    listLengths: { shortest: 20, longest: 20 },
  },
};

const build = (bootstrap_samples = 200, others: Partial<ResultOptions> = {}) =>
  buildResult([popular, model], {
    seed: 1,
    split: 'test',
    users: Int32Array.of(0, 1, 2, 3),
    usersInSplit: 4,
    seenTargets: 1,
    listsSeen: true,
    items: 1200,
    historyLimit: 20,
    dataset: { split: 'leave-one-out', kCore: 5 },
    num_beams: 20,
    cutoffs: [1, 5, 10],
    bootstrap_samples,
    ...others,
  });

const pathOf = (t: ExecutionContext) => {
  const folder = temporaryFolder(t);
  return join(folder, 'metrics.json');
};

test('a result is read back as it was written', async (t) => {
  const path = pathOf(t);
  const result = await build();
  writeResult(path, result);
  t.deepEqual(readResult(path), result);
});

test('the record holds metrics, intervals, protocol, code-level metrics and differences', async (t) => {
  const { methods, protocol, differences } = await build();
  t.is(methods[0].metrics['recall@10'].value, 0.5);
  t.is(methods[1].metrics['recall@1'].value, 0.5);
  t.is(methods[1].beams!.code_metrics['recall@1'].value, 0.75);
  t.is(methods[0].beams, null);
  t.true(methods[1].metrics['recall@1'].low! < 0.5 && methods[1].metrics['recall@1'].high! > 0.5);
  t.is(protocol.users, 4);
  t.is(protocol.num_beams, 20);
  t.deepEqual(protocol.dataset, { split: 'leave-one-out', kCore: 5 });
  t.is(differences.length, 1);
  t.is(differences[0].baseline, 'popularity');
  t.is(differences[0].metrics['recall@1'].value, 0.5);
});

test('how often targets are found that nobody took in training is told apart', async (t) => {
  const result = await build(200, { coldTargets: Uint8Array.of(0, 1, 0, 1), cold_items: 'mixed' });
  t.is(result.protocol.cold_targets, 2);
  t.deepEqual(
    result.methods.map(({ cold }) => cold?.['recall@10'].value),
    [0, 0.5],
  );
  t.deepEqual((await build(200)).methods[1].metrics, result.methods[1].metrics);
  const table = metricsTable(result);
  t.regex(
    table,
    /2 of 4 targets were never taken in training; recall@10 of these: popularity 0\.0000, eager-llm 0\.5000/,
  );
  t.regex(table, /20 beams, items that nobody took mixed in/);
});

test('where all targets were taken in training, and in older results, nothing is said of it', async (t) => {
  for (const coldTargets of [new Uint8Array(4), undefined]) {
    const result = await build(0, { coldTargets });
    t.is(result.methods[1].cold, null);
    t.notRegex(metricsTable(result), /never taken|nobody took/);
  }
});

test('without bootstrap there are no intervals and no differences', async (t) => {
  const result = await build(0);
  t.is(result.methods[0].metrics['recall@1'].low, null);
  t.deepEqual(result.differences, []);
  t.notRegex(metricsTable(result), /–|interval/);
});

test('the table is aligned and fits a terminal', async (t) => {
  const lines = metricsTable(await build()).split('\n');
  const table = lines.slice(0, 5);
  t.regex(table[0], /^removed +recall@1 +recall@5 +recall@10 +NDCG@5 +NDCG@10$/);
  t.regex(table[1], /^popularity +0\.7500 +0\.7500 /);
  t.regex(table[2], /^ +\.\d{4}–/);
  t.regex(table[3], /^eager-llm +0\.5000 +0\.5000 /);
  t.is(new Set(table.map((line) => [...line].length)).size, 1);
  t.true(table.every((line) => [...line].length <= 80));
  t.true(
    lines.some((line) => line.includes('test split, 4 users, all 1,200 items') && line.includes('20 beams')),
  );
  t.true(lines.some((line) => line.includes('100% legal beams')));
  t.true(lines.some((line) => line.includes('eager-llm') && line.includes('popularity in recall@10')));
});

test('the second half of the table is with seen items kept, also where those are the recipe’s own lists', async (t) => {
  const lines = metricsTable(await build())
    .split('\n')
    .slice(5, 11);
  t.regex(lines[1], /^kept +recall@1 +recall@5 +recall@10 +NDCG@5 +NDCG@10$/);
  t.regex(lines[2], /^popularity +0\.0000 +0\.2500 +0\.5000 /);
  t.regex(lines[4], /^eager-llm +0\.5000 +0\.7500 +0\.7500 /);
  const text = metricsTable(await build());
  t.regex(
    text,
    /^seen items, removed above and kept below: .+; 1 of the 4 targets is one and cannot be found without them$/m,
  );
  t.regex(
    text,
    /^with seen items kept, popularity ranks by raw scores: seen items are not lowered there, as eager-llm has learned/m,
  );
});

test('what makes lists hold seen items is named, and why buy-again then equals popularity without them', async (t) => {
  const result = await build();
  const text = describeSeen(result).join('\n');
  t.true(text.includes('may hold them (decoding.seen_items: allowed, or repeats in the training log)'));
  t.notRegex(text, /buy-again/);
  const [popularity, ...others] = result.methods;
  const withIt = { ...result, methods: [popularity, { ...popularity, name: 'buy-again' }, ...others] };
  t.true(
    describeSeen(withIt).some((line) =>
      line.startsWith('with seen items removed, buy-again is popularity: '),
    ),
  );
});

test('where lists are served without what was seen, figures by name are of that protocol, and the other one is still given', async (t) => {
  const result = await build(200, { listsSeen: false, seenTargets: 0 });
  const own = result.methods[1];
  t.is(own.metrics['recall@10'].value, 0.5);
  t.deepEqual(own.metrics, own.removed);
  t.is(own.kept?.['recall@10'].value, 0.75);
  t.is(resultFigures(result)['recall@10'], 0.5);
  t.like(resultFigures(result), { 'recall@10, seen removed': 0.5, 'recall@10, seen kept': 0.75 });
  const text = metricsTable(result);
  t.true(text.search(/^removed +recall@1 /m) < text.search(/^kept +recall@1 /m));
  t.regex(
    text,
    /^seen items, removed above and kept below: .+ nobody in the training log takes an item again/m,
  );
  t.regex(text, /^eager-llm is .+ popularity in recall@10.* seen items removed: .+ kept.*: /m);
});

test('an older result of lists without what was seen has that protocol alone', async (t) => {
  const { methods, differences, ...rest } = await build(200, { listsSeen: false, seenTargets: 0 });
  const older = <T>(each: T): T => ({ ...each, kept: null });
  const text = metricsTable({
    ...rest,
    methods: methods.map(older),
    differences: differences.map(older),
  });
  t.regex(text, /^removed +recall@1 /);
  t.notRegex(text, /^kept +recall/m);
  t.regex(text, /in recall@10, seen items removed: [+−]/);
});

const figure = (value: number, half = 0.01) => ({ value, low: value - half, high: value + half });

test('one word for a difference is said only where it stands under both protocols', async (t) => {
  const { protocol } = await build();
  const said = (kept: number, removed: number) =>
    describeDifference(
      {
        method: 'eager-llm',
        baseline: 'sasrec',
        metrics: { 'recall@10': figure(kept) },
        removed: { 'recall@10': figure(removed) },
        kept: null,
      },
      protocol,
    );
  t.is(
    said(0.02, 0.03),
    'eager-llm is above sasrec in recall@10, seen items removed: +.0300 (+.0200 to +.0400, paired), and kept: +.0200 (+.0100 to +.0300, paired)',
  );
  t.is(
    said(0.02, 0.005),
    'eager-llm is not clearly apart from sasrec in recall@10 with seen items removed: +.0050 (−.0050 to +.0150, paired), but above it with seen items kept: +.0200 (+.0100 to +.0300, paired)',
  );
  t.regex(said(-0.02, -0.02), /^eager-llm is below sasrec in recall@10, seen items removed: .+, and kept: /);
});

test('users and their targets are told apart where a user has several', async (t) => {
  const result = await buildResult([popular, model], {
    seed: 1,
    split: 'test',
    users: Int32Array.of(7, 7, 7, 9),
    usersInSplit: 2,
    seenTargets: 0,
    listsSeen: true,
    items: 1200,
    historyLimit: 20,
    num_beams: 20,
    cutoffs: [1, 5, 10],
    bootstrap_samples: 50,
  });
  t.like(result.protocol, { users: 2, users_in_split: 2, targets: 4, seen_targets: 0 });
  t.regex(metricsTable(result), /test split, 2 users with 4 targets, all 1,200 items/);
  t.is(result.methods[1].metrics['recall@1'].low, 0, 'the draws that have user 9 twice');
});

test('a result from before both protocols were given is still read and shown', async (t) => {
  const path = pathOf(t);
  const { protocol, methods, differences, ...rest } = await build();
  const { targets: _, seen_targets: __, ...older } = protocol;
  const without = <T extends { removed: unknown }>({ removed: ___, ...kept }: T) => kept;
  writeFileSync(
    path,
    JSON.stringify({
      ...rest,
      protocol: { ...older, exclude_history: true },
      methods: methods.map(without),
      differences: differences.map(without),
    }),
  );
  const table = metricsTable(readResult(path));
  t.regex(table, /^removed +recall@1/);
  t.notRegex(table, /^kept/m);
  t.regex(table, /in recall@10, seen items removed: /);
});

test('the Markdown table has a row a method', async (t) => {
  const lines = metricsTableMarkdown(await build()).split('\n');
  t.is(lines[0], '| seen items | method | recall@1 | recall@5 | recall@10 | NDCG@5 | NDCG@10 |');
  t.regex(lines[2], /^\| removed \| popularity \| 0\.7500 \(\.\d{4}–/);
  t.regex(lines[5], /^\| kept \| eager-llm \| 0\.5000 \(\.\d{4}–/);
});

const broken = test.macro(async (t, code: string, word: RegExp, damage: (text: string) => string | null) => {
  const path = pathOf(t);
  writeResult(path, await build(20));
  const damaged = damage(readFileSync(path, 'utf8'));
  if (damaged === null) rmSync(path);
  else writeFileSync(path, damaged);
  const error = t.throws<UserError>(() => readResult(path), { instanceOf: UserError, code });
  t.regex(error!.message, word);
  t.is(error!.place, path);
  t.truthy(error!.remedy);
});

test('a missing result is named', broken, 'file/unreadable', /missing/, () => null);
test('a truncated result is named', broken, 'file/not-json', /JSON/, (text) => text.slice(0, 100));
test('an empty result is named', broken, 'file/not-json', /JSON/, () => '');
test('a result of another version is refused', broken, 'evaluation/broken-result', /version/, (text) =>
  text.replace('"version": 1', '"version": 2'),
);
test(
  'all problems of a result are listed',
  broken,
  'evaluation/broken-result',
  /seed.*protocol\.users/s,
  (text) => text.replace('"seed": 1', '"seed": "one"').replace('"users": 4', '"users": -4'),
);
test('a result without a metric says which', broken, 'evaluation/broken-result', /lacks ndcg@5/, (text) =>
  text.replace('"ndcg@5"', '"ndcg@6"'),
);

test('what the dataset stage noticed of the data stands under the table', async (t) => {
  const result = await build();
  const notice = 'item ids ascend in 99.9% of neighbouring interactions';
  const dataset = { ...result.protocol.dataset, notices: [notice] };
  const noticed = { ...result, protocol: { ...result.protocol, dataset } };
  for (const table of [metricsTable(noticed), metricsTableMarkdown(noticed)])
    t.is(table.split('\n').at(-1), `data: ${notice}`);
});

test('a baseline that is better than the model is named before the table', async (t) => {
  const followed = { ...popular, name: 'what-followed' };
  const asked = Array.from({ length: 40 }, (_, user) => user);
  const options = {
    seed: 1,
    split: 'test' as const,
    users: Int32Array.from(asked),
    usersInSplit: 40,
    seenTargets: 0,
    listsSeen: true,
    items: 1200,
    historyLimit: 20,
    num_beams: 20,
    cutoffs: [5, 10],
  };
  const always = (rank: number) => Int32Array.from(asked, () => rank);
  // Users of 40 that the model finds: half with seen items kept, all with them removed.
  const half = Int32Array.from(asked, (user) => user % 2);
  for (const bootstrap_samples of [100, 0]) {
    const result = await buildResult(
      [
        { name: 'popularity', ranked: { ...popular.ranked, kept: always(0), removed: always(0) } },
        { name: 'what-followed', ranked: { ...followed.ranked, kept: always(1), removed: always(1) } },
        { name: 'eager-llm', ranked: { ...model.ranked, kept: half, removed: always(2), codeRanks: half } },
      ],
      { ...options, bootstrap_samples },
    );
    for (const table of [metricsTable(result), metricsTableMarkdown(result)]) {
      const [first, second] = table.split('\n');
      t.regex(
        first,
        /^Better than eager-llm in recall@10, seen items kept: what-followed 1\.0000; eager-llm \.5000/,
      );
      t.is(/figures alone/.test(first), bootstrap_samples === 0);
      t.is(second, '', 'with seen items removed none is better');
    }
  }
});

test('where no baseline is better, the table comes first', async (t) => {
  t.regex(metricsTable(await build()), /^removed /);
});
