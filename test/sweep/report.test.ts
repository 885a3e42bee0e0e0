import test from 'ava';
import { isWide } from '../../orchestrator/evaluation/format-figure.ts';
import type { RunReport, SweepReport } from '../../orchestrator/sweep/collect.ts';
import { axisOf } from '../../orchestrator/sweep/report/charts.ts';
import { sweepHtml } from '../../orchestrator/sweep/report/html.ts';
import { sweepMarkdown } from '../../orchestrator/sweep/report/markdown.ts';

const figure = (value: number, half = 0.004) => ({ value, low: value - half, high: value + half });
const joint = (value: number, p: number) => ({ ...figure(value), p });

function runOf(variant: string, seed: number, recall: number, more: Partial<RunReport> = {}): RunReport {
  return {
    run: `own.${variant}.s${seed}`,
    variant,
    seed,
    status: 'finished',
    parts: [
      { name: 'alignment', recall, ndcg: recall / 4, users: 1000, losses: { 'item-search': 20 * recall } },
      {
        name: 'annealing',
        recall: recall + 0.01,
        ndcg: recall / 2,
        users: 1000,
        losses: { 'item-search': 30 * recall },
      },
    ],
    test: {
      kept: { 'recall@10': figure(recall), 'ndcg@10': figure(recall / 2) },
      removed: { 'recall@10': figure(recall + 0.01), 'ndcg@10': figure(recall / 2 + 0.01) },
    },
    protocol: null,
    tasks: [{ task: 'item-search', questions: 9, metrics: { accuracy: recall } }],
    byPopularity: [
      { label: '1 to 4', cases: 30, recall: { kept: recall / 4, removed: recall / 2 } },
      { label: '5 to 9', cases: 10, recall: { kept: recall, removed: 2 * recall } },
    ],
    seconds: 100,
    trainingSeconds: 90,
    peakMemoryBytes: 1e9,
    figures: {
      'item-index': { items: 1430, conflicts: 0.016083916083916083, levels: '2 x 3' },
      evaluation: { users: 7 },
    },
    indexKey: 'one',
    coherence: { share: 0.2, chance: 0.01 },
    curve: [
      { step: 1, loss: 3 },
      { step: 2, loss: 2 },
    ],
    testReadings: 1,
    ...more,
  };
}

const asked = (users: number) =>
  ({
    split: 'test',
    users,
    users_in_split: 3182,
    targets: users,
    items: 1430,
    history_limit: 20,
    num_beams: null,
    cutoffs: [1, 10],
    intervals: { method: 'percentile bootstrap over users', level: 0.95, samples: 100 },
  }) as RunReport['protocol'];

function reportOf(
  runs: RunReport[],
  seeds: number[],
  comparisons: SweepReport['comparisons'] = {},
): SweepReport {
  return {
    name: 'own',
    metric: 'recall@10',
    gain: 'ndcg@10',
    split: 'test',
    seen: ['kept', 'removed'],
    comparisons,
    others: [],
    at: '2026-11-30T08:12:34.000Z',
    plan: {
      name: 'own',
      title: undefined,
      file: 'own.yaml',
      base: 'small',
      until: 'evaluation',
      seeds,
      set: { 'decoding.num_beams': 30 },
      variants: [
        { name: 'plain', set: {} },
        { name: 'random', title: 'codes <drawn> at | random', set: { 'item_index.method': 'random' } },
      ],
      runs: [],
    },
    runs,
  };
}

const oneSeed = reportOf(
  [
    runOf('plain', 1, 0.08),
    runOf('random', 1, 0.05, {
      indexKey: 'other',
      coherence: { share: 0.01, chance: 0.01 },
    }),
  ],
  [1],
  {
    random: {
      figures: {},
      difference: {
        kept: { 'recall@10': joint(-0.03, 0.004), 'ndcg@10': joint(-0.015, 0.012) },
        removed: { 'recall@10': joint(-0.02, 0.0004), 'ndcg@10': joint(-0.005, 0.2) },
      },
    },
  },
);

test('one seed: figures with intervals, and the paired difference to the first variant', (t) => {
  const page = sweepMarkdown(oneSeed);
  t.true(
    page.includes(
      '| **plain** | nothing: the setting of all | .0900 / .0400 | .0800 (.0760–.0840) / .0900 (.0860–.0940) | .0400 (.0360–.0440) / .0500 (.0460–.0540) | – | – | 1.5 min |',
    ),
    page,
  );
  t.true(
    page.includes(
      '| **random** | codes <drawn> at \\| random | .0600 / .0250 | .0500 (.0460–.0540) / .0600 (.0560–.0640) | .0250 (.0210–.0290) / .0350 (.0310–.0390) | −.0300 (−.0340 to −.0260; p = .004) / −.0200 (−.0240 to −.0160; p < .001) | −.0150 (−.0190 to −.0110; p = .012) / −.0050 (−.0090 to −.0010; p = .200) |',
    ),
    page,
  );
  t.regex(page, /Every run is the recipe `small` with the settings of all variants/);
  t.regex(page, /\| all \| `decoding\.num_beams = 30` \|/);
  t.regex(page, /\| random \| 1,430 \| 0\.01608 \| 2 x 3 \| 1\.0% \| 1\.0% \|/);
  t.regex(
    page,
    /\| variant \| item-search: accuracy \|\n[|\s-]+\n\| plain \| 0\.080 \|\n\| random \| 0\.050 \|/,
  );
  t.regex(
    page,
    /\| test recall@10, kept \/ removed \|.*\| recall@10 minus the first row, kept \/ removed \|/,
  );
  t.regex(
    page,
    /The test split was read 2 times: once by each evaluation, after the training of its run\. Choices are/,
  );
});

test('what does not hold for a table is not said of it, and no column is empty', (t) => {
  const plain = { parts: [], trainingSeconds: null, protocol: asked(3182) };
  const running = { ...plain, status: 'running' as const, test: {}, figures: {}, testReadings: 0 };
  const early = sweepMarkdown(
    reportOf([runOf('plain', 1, 0.08, plain), runOf('random', 1, 0, running)], [1]),
  );
  const head = [
    'variant',
    'what is different',
    'test recall@10, kept / removed',
    'test NDCG@10, kept / removed',
  ];
  t.true(early.includes(`| ${head.join(' | ')} |\n`), early);
  t.regex(early, /\| \*\*random\*\* \|.* \| running \| – \|\n/);
  t.regex(early, /The test split was read once, after the training of its run\.\n/);
  t.notRegex(early, /Differences|bootstrap over seeds|Holm|validation column/);

  const own = { protocol: asked(3182) };
  const both = [runOf('plain', 1, 0.08, own), runOf('random', 1, 0.05, own)];
  const late = sweepMarkdown({ ...oneSeed, runs: both });
  t.regex(
    late,
    /paired by user; their intervals, and p, by a bootstrap over users\./,
    'one other row: no correction',
  );
});

test('recall by popularity: where a change gains or loses, over its seeds', (t) => {
  const text = sweepMarkdown(reportOf([runOf('plain', 1, 0.08), runOf('plain', 2, 0.12)], [1, 2]));
  t.true(text.includes('recall@10, seen items kept / removed, by how often the training log has the target'));
  t.true(text.includes('| variant | 1 to 4 (75.0%) | 5 to 9 (25.0%) |'));
  t.true(text.includes('| plain | .0250 / .0500 | .1000 / .2000 |'));
});

test('a report of results that do not tell it has no such table', (t) => {
  const text = sweepMarkdown(reportOf([runOf('plain', 1, 0.08, { byPopularity: [] })], [1]));
  t.false(text.includes('By popularity'));
});

test('each part of training: what it brings on validation, and what it costs the other tasks', (t) => {
  t.regex(
    sweepMarkdown(oneSeed),
    /\| variant \| after \| recall@10 \| NDCG@10 \| item-search: loss \|\n[|\s-]+\n\| plain \| alignment \| \.0800 \| \.0200 \| 1\.600 \|\n\| plain \| annealing \| \.0900 \| \.0400 \| 2\.400 \|/,
  );
});

test('several seeds: mean and standard deviation, and one difference over seeds and users', (t) => {
  const page = sweepMarkdown(
    reportOf(
      [
        runOf('plain', 1, 0.08),
        runOf('plain', 2, 0.082),
        runOf('random', 1, 0.082),
        runOf('random', 2, 0.081),
      ],
      [1, 2],
      {
        random: {
          figures: { kept: { 'recall@10': joint(0.0815, 0) } },
          difference: { kept: { 'recall@10': joint(0.0005, 0.5) } },
        },
      },
    ),
  );
  t.regex(
    page,
    /\| \*\*plain\*\* \|[^|]+\| \.0910 ± \.0014 \/ \.0405 ± \.0007 \| \.0810 ± \.0014 \/ \.0910 ± \.0014 \|/,
  );
  t.regex(page, /\| \+\.0005 \(−\.0035 to \+\.0045; p = \.500\) \/ – \|/);
  t.true(page.includes('| .0815 ± .0007 (.0775–.0855) / .0915 ± .0007 |'), page);
  t.notRegex(page, /## Item indices/, 'they are all the same');
});

test('a second seed for some variants alone is said', (t) => {
  const runs = [runOf('plain', 1, 0.08), runOf('plain', 2, 0.082), runOf('random', 1, 0.05)];
  const report = reportOf(runs, [1, 2]);
  const plan = { ...report.plan, runs: runs as unknown as SweepReport['plan']['runs'] };
  t.regex(sweepMarkdown({ ...report, plan }), /Seed 1; where there is a ±, seeds 1, 2: means/);
});

test('variants that were asked something else, or too few, are told apart', (t) => {
  const few = { kept: { 'recall@10': figure(0.25, 0.1) } };
  const own = runOf('plain', 1, 0.08, { protocol: asked(3182) });
  const alike = reportOf([own, runOf('random', 1, 0.05, { protocol: asked(3182) })], [1]);
  t.notRegex(sweepMarkdown(alike), /not asked alike|not sure/i);

  const report = reportOf([own, runOf('random', 1, 0, { protocol: asked(20), test: few })], [1]);
  const page = sweepMarkdown(report);
  t.regex(page, /\| \*\*random\*\* \(not asked alike\) \|/);
  t.regex(page, /do not compare with those of the first row: random \(20 of 3,182 users of the test split, /);
  t.regex(page, /The interval is so wide that the second digit is not sure: random\./);
  // All alike, of few: a bootstrap over them has no width.
  t.deepEqual([isWide(figure(0, 0), 20), isWide(figure(0, 0), 3182)], [true, false]);
  t.regex(sweepHtml(report), /\* not asked alike<.*<g class="pale"><text[^>]*>random \*</s);
});

test('a run that is not finished is named with its state', (t) => {
  const page = sweepMarkdown(
    reportOf(
      [runOf('plain', 1, 0.08), runOf('random', 1, 0, { status: 'failed', test: {}, figures: {} })],
      [1],
    ),
  );
  t.regex(page, /Not finished: own\.random\.s1 \(failed\)\. So they stood on 2026-11-30 08:12 UTC/);
  t.regex(page, /The test split was read 2 times, also by evaluations [^:]+: one has theirs above\./);
});

test('runs of the sweep that the report leaves out are counted', (t) => {
  t.notRegex(sweepMarkdown(oneSeed), /--only` the report/);
  const part = sweepMarkdown({ ...oneSeed, others: ['own.small.s1', 'own.large.s1'] });
  t.regex(part, /Of 2 of the 4 runs of this sweep\./);
});

test('the page shows the same table and the plots, and holds nothing that is not its own', (t) => {
  const page = sweepHtml(oneSeed);
  for (const title of ['Test recall@10', 'Training loss by update', 'Item indices: share'])
    t.true(page.includes(`<figcaption>${title}`), title);
  t.true(page.includes('<td>.0500 (.0460–.0540) / .0600 (.0560–.0640)</td>'));
  t.true(page.includes('codes &lt;drawn&gt; at | random'));
  t.notRegex(page, /<script|https?:\/\/|src=|@import|NaN|undefined/);
});

test('an axis has round ticks around its values', (t) => {
  const { ticks, place } = axisOf([0.043, 0.081]);
  t.deepEqual(
    ticks.map((tick) => Number(tick.toPrecision(6))),
    [0.04, 0.05, 0.06, 0.07, 0.08, 0.09],
  );
  t.true(Math.abs(place(0.04)) < 1e-9 && Math.abs(place(0.09) - 1) < 1e-9);
  t.true(Math.abs(place(0.065) - 0.5) < 1e-9);
  t.is(axisOf([3]).ticks.length >= 2, true);
});
