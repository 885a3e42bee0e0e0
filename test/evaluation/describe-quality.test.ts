import test from 'ava';
import { describeQuality } from '../../orchestrator/evaluation/describe-quality.ts';
import type { EvaluationResult, Figure } from '../../orchestrator/evaluation/result.ts';

/** Recall at ten by both protocols, each `value, low, high`. */
type Both = { kept: number[]; removed: number[] };

const figureOf = ([value, low, high]: number[]): Figure => ({ value, low: low ?? null, high: high ?? null });
const figures = ({ kept, removed }: Both) => ({
  metrics: { 'recall@10': figureOf(kept) },
  removed: { 'recall@10': figureOf(removed) },
  kept: null,
});
const method = (name: string, both: Both, kind = 'scorer') => ({ name, kind, ...figures(both) });
const minus = (baseline: string, both: Both) => ({ method: 'eager-llm', baseline, ...figures(both) });

const asked = {
  ...{ split: 'test', users: 2368, users_in_split: 2368, targets: 2368, seen_targets: 649, items: 600 },
  ...{ lists_seen: true, cutoffs: [1, 5, 10], cold_items: 'none' },
};
const result = (
  methods: unknown[],
  differences: unknown[] = [],
  protocol: object = {},
): Parameters<typeof describeQuality>[0] =>
  ({ protocol: { ...asked, ...protocol }, methods, differences }) as unknown as EvaluationResult;

const counted = method('what-followed', {
  kept: [0.6047, 0.5853, 0.6237],
  removed: [0.3957, 0.3758, 0.4155],
});
const sasrec = method('sasrec', { kept: [0.5688, 0.5486, 0.5891], removed: [0.3894, 0.3703, 0.4092] });
const popular = method('popularity', { kept: [0.1149, 0.102, 0.1406], removed: [0.0697, 0.06, 0.08] });
const alone = method(
  'generated alone',
  { kept: [0.459, 0.4404, 0.4785], removed: [0.3028, 0.285, 0.3214] },
  'generative',
);
const shown = method(
  'eager-llm',
  { kept: [0.6351, 0.6144, 0.6541], removed: [0.416, 0.3965, 0.4358] },
  'generative',
);

test('what is reached, how it differs from the best baseline, and what the model reaches alone, come in words', (t) => {
  const difference = minus('what-followed', {
    kept: [0.0304, 0.0182, 0.0418],
    removed: [0.0203, 0.0093, 0.0313],
  });
  const [reached, made, other, ...more] = describeQuality(
    result([popular, counted, sasrec, alone, shown], [difference]),
  );
  t.is(
    reached,
    'The lists that this run gives reach recall@10 .6351 (.6144–.6541): in 64 of 100 cases what the person really took next is among the first 10 (2,368 users of the test split, seen items kept). That is .0304 above what-followed, the best baseline (.6047): +.0182 to +.0418, paired by user.',
  );
  t.regex(
    made,
    /^The model alone \(generated alone\) reaches \.4590, clearly below what-followed \(\.6047\) and sasrec \(\.5688\)\. The lists are made from more than it: .* ranks anew what the beams of the model and the encoders of behaviour find, .*\(decoding\.fusion: learned\)\.$/,
  );
  t.is(
    other,
    'With seen items removed, where 649 of the 2,368 targets cannot be found: .4160, .0203 above what-followed (.3957; +.0093 to +.0313, paired by user). The model alone (generated alone) reaches .3028, clearly below what-followed (.3957) and sasrec (.3894).',
  );
  t.deepEqual(more, []);
});

test('no difference is claimed where its interval holds 0, and a worse run is said to be worse', (t) => {
  const said = (kept: number[]) =>
    describeQuality(result([counted, shown], [minus('what-followed', { kept, removed: kept })]))[0];
  t.regex(
    said([0.0304, -0.01, 0.07]),
    /That is not clearly apart from what-followed, the best baseline \(\.6047\): −\.0100 to \+\.0700, paired by user\.$/,
  );
  t.regex(said([-0.02, -0.03, -0.01]), /That is \.0200 below what-followed, the best baseline/);
  t.regex(said([0, 0, 0]), /That is level with what-followed, .*: the same for every user\.$/);
});

test('without a bootstrap, without baselines and without a language model it says so', (t) => {
  const plain = method('what-followed', { kept: [0.6], removed: [0.4] });
  const own = method('eager-llm', { kept: [0.63], removed: [0.41] }, 'generative');
  t.regex(
    describeQuality(result([plain, own]))[0],
    /reach recall@10 \.6300: .*That is \.0300 above what-followed, .*: by the figures alone, without an interval\.$/,
  );
  const [reached, made] = describeQuality(result([own], [], { users: 20, split: 'validation' }));
  t.regex(
    reached,
    /\(20 of 2,368 users of the validation split, seen items kept\)\. No baseline was asked for/,
  );
  t.is(made, 'The lists are what the model generates, and nothing else ranks them.');
  t.regex(
    describeQuality(result([popular, counted]))[1],
    /^The lists are the ranking of what-followed: no language model is in them\.$/,
  );
});

test('what the model reaches alone stands beside the baselines as surely as it is known', (t) => {
  const at = (kept: number[]) =>
    describeQuality(
      result([counted, method('generated alone', { kept, removed: kept }, 'generative'), shown]),
    )[1];
  t.regex(at([0.6, 0.58, 0.62]), /reaches \.6000, below what-followed \(\.6047\), though their intervals/);
  t.regex(at([0.62, 0.6, 0.64]), /reaches \.6200, above every baseline\. /);
});
