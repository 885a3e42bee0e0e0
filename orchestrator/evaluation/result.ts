import * as z from 'zod';
import { coldItemsNames } from '../decoding/settings.ts';
import { UserError } from '../shared/errors.ts';
import { readJson, writeJson } from '../storage/json-file.ts';
import { rankingMetricList } from './metrics.ts';
import { metricNames } from './ranking-metrics.ts';

const share = z.number().min(0).max(1);
const count = z.int().nonnegative();

/** A figure with its interval; null where no bootstrap was asked for. */
const figureSchema = z.strictObject({
  value: z.number(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});

const figuresSchema = z.record(z.string(), figureSchema);

const methodSchema = z.strictObject({
  name: z.string().min(1),
  /** `scorer`: ranks all items by a score each. `generative`: writes a list of codes. */
  kind: z.enum(['scorer', 'generative']),
  /**
   * `recall@k`, `ndcg@k`, `mrr` over all items that lists may hold: those that the user has seen are removed where
   * `protocol.lists_seen` is false; for a generative method a target outside the list counts 0.
   */
  metrics: figuresSchema,
  /** The same with seen items removed from every list; null in results from before both were given. */
  removed: figuresSchema.nullable().default(null),
  /** The same with seen items kept, where `metrics` are without them; null where they are with them, and in older results. */
  kept: figuresSchema.nullable().default(null),
  /** `metrics` of the targets that nobody took in training; null where there is none, and in older results. */
  cold: figuresSchema.nullable().default(null),
  /** Share of the catalogue recommended to someone within the first `coverage_cutoff` places. */
  coverage: share,
  coverage_cutoff: z.int().positive(),
  /** What only a generative method has; null for scorers. */
  beams: z
    .strictObject({
      legal_share: share,
      repeated_share: share,
      shortest_list: count,
      longest_list: count,
      /** Share of users whose target was found under a code that other items share. */
      collided_share: share,
      /** The same metrics where codes, not items, are compared: inflated by collisions, reported in some papers. */
      code_metrics: figuresSchema,
    })
    .nullable(),
});

const recordSchema = z.strictObject({
  version: z.literal(1),
  seed: z.int(),
  protocol: z.strictObject({
    split: z.enum(['validation', 'test']),
    /** Users counted, and how many the split has: fewer are counted only where the recipe limits them. */
    users: z.int().positive(),
    users_in_split: z.int().positive(),
    /** Targets asked about: with a split by time a user has several. Null in older results, whose users are targets. */
    targets: z.int().positive().nullable().default(null),
    /** Targets that the user had before: misses with seen items removed. Null in older results. */
    seen_targets: count.nullable().default(null),
    /** Targets that nobody took in training. Null in older results. */
    cold_targets: count.nullable().default(null),
    /**
     * Whether lists may contain items that the user has seen. False if repeats are rare in the training log: then no
     * list that is shown or served holds them, and `metrics` are those without. Null in older results, whose lists might.
     */
    lists_seen: z.boolean().nullable().default(null),
    items: z.int().positive(),
    history_limit: z.int().positive(),
    /** How the dataset was split and filtered, in the dataset's own words; null where it does not say. */
    dataset: z.record(z.string(), z.json()).nullable(),
    /** Beam width of generative methods; null where there is none. */
    num_beams: z.int().positive().nullable(),
    /** How lists of generative methods hold items that nobody took in training; null in older results. */
    cold_items: z.enum(coldItemsNames).nullable().default(null),
    ranking: z.literal('full'),
    /** Only in older results, which gave one of both: whether seen items were removed. */
    exclude_history: z.boolean().optional(),
    ties: z.literal('lower item number first'),
    collided_codes: z.literal('every item of a code holds a place, by item number'),
    cutoffs: z.array(z.int().positive()).min(1),
    intervals: z.strictObject({
      method: z.literal('percentile bootstrap over users'),
      level: z.number().gt(0).lt(1),
      samples: count,
    }),
  }),
  methods: z.array(methodSchema).min(1),
  /** `method` minus `baseline` on the same users, paired intervals; as the figures of methods are given. */
  differences: z.array(
    z.strictObject({
      method: z.string(),
      baseline: z.string(),
      metrics: figuresSchema,
      removed: figuresSchema.nullable().default(null),
      kept: figuresSchema.nullable().default(null),
    }),
  ),
});

/** Fields that every result has; older ones lack metrics that were added later. */
const firstMetrics = rankingMetricList.filter(({ name }) => ['recall', 'ndcg', 'mrr'].includes(name));

/** The content of `metrics.json`. */
export const evaluationResultSchema = recordSchema.superRefine(
  ({ protocol, methods, differences }, context) => {
    const expected = metricNames(protocol.cutoffs, firstMetrics);
    const check = (metrics: Record<string, unknown>, path: (string | number)[]) => {
      const absent = expected.filter((name) => !(name in metrics));
      if (absent.length > 0)
        context.addIssue({ code: 'custom', path, message: `lacks ${absent.join(', ')}` });
    };
    for (const [at, { metrics, removed, kept, beams }] of methods.entries()) {
      check(metrics, ['methods', at, 'metrics']);
      if (removed) check(removed, ['methods', at, 'removed']);
      if (kept) check(kept, ['methods', at, 'kept']);
      if (beams) check(beams.code_metrics, ['methods', at, 'beams', 'code_metrics']);
    }
    for (const [at, { metrics, removed, kept }] of differences.entries()) {
      check(metrics, ['differences', at, 'metrics']);
      if (removed) check(removed, ['differences', at, 'removed']);
      if (kept) check(kept, ['differences', at, 'kept']);
    }
  },
);

export type EvaluationResult = z.infer<typeof evaluationResultSchema>;
export type Protocol = EvaluationResult['protocol'];
export type MethodResult = EvaluationResult['methods'][number];
export type Difference = EvaluationResult['differences'][number];
export type Figure = z.infer<typeof figureSchema>;

/** In the folder of an evaluation. */
export const resultFile = 'metrics.json';

/** Writes `metrics.json`; a record that breaks the schema is a bug and throws. */
export function writeResult(path: string, result: EvaluationResult): void {
  writeJson(path, evaluationResultSchema.parse(result));
}

/** Reads `metrics.json`, checked. Throws a UserError that lists all that is wrong with it. */
export function readResult(path: string): EvaluationResult {
  const remedy = 'Evaluate again: `eager-llm evaluate` rewrites the file.';
  const parsed = evaluationResultSchema.safeParse(readJson(path, remedy));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    ({ path: at, message }) => `${at.join('.') || 'the whole'}: ${message}`,
  );
  throw new UserError(
    'evaluation/broken-result',
    `is not an evaluation result of version 1:\n  ${problems.join('\n  ')}`,
    { place: path, remedy, cause: parsed.error },
  );
}
