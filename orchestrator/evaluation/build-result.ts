import { type BootstrapOptions, bootstrapIntervals, type Interval, usualLevel } from './bootstrap.ts';
import { pairedDifference } from './compare.ts';
import type { ListRanks } from './evaluate-lists.ts';
import type { ScorerRanks } from './evaluate-scorer.ts';
import type { RankingMetric } from './metrics.ts';
import { ownRow } from './own-row.ts';
import { type Metrics, rankingMetrics } from './ranking-metrics.ts';
import type { EvaluationResult, Figure, MethodResult, Protocol } from './result.ts';
import type { BothFigures, Seen } from './seen-items.ts';
import type { EvaluationSettings } from './settings.ts';

export interface EvaluatedMethod {
  name: string;
  ranked: ScorerRanks | ListRanks;
}

/** The settings, and who was asked about what. */
export interface ResultOptions extends Pick<EvaluationSettings, 'split' | 'cutoffs' | 'bootstrap_samples'> {
  seed: number;
  /** [cases] whose each is; intervals are over users. */
  users: Int32Array;
  usersInSplit: number;
  /** Targets that their users had before. */
  seenTargets: number;
  /** [cases] 1 where nobody took the target in training; none by default. */
  coldTargets?: Uint8Array | undefined;
  /** Whether lists may contain items that the user has seen. */
  listsSeen: boolean;
  items: number;
  historyLimit: number;
  /** How the dataset was prepared (its `protocol`). */
  dataset?: Protocol['dataset'] | undefined;
  /** Beam width of the generative methods; null where there is none. */
  num_beams: number | null;
  /** How the lists of these hold cold items. */
  cold_items?: Protocol['cold_items'];
  level?: number | undefined;
  /** Those of every evaluation by default. */
  metrics?: readonly RankingMetric[] | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * The record of an evaluation. The methods must have ranked the same cases in the same order; the last one is the
 * model, and its paired difference to each of the others is taken.
 */
export async function buildResult(
  methods: readonly EvaluatedMethod[],
  options: ResultOptions,
): Promise<EvaluationResult> {
  const { cutoffs, seed, users, bootstrap_samples: samples, level = usualLevel, signal, metrics } = options;
  const bootstrap = { seed, users, samples, level, signal, metrics };
  const cold = [...users.keys()].filter((at) => options.coldTargets?.[at] === 1);
  const results: MethodResult[] = [];
  for (const method of methods) results.push(await summarise(method, options, bootstrap, cold));

  const model = ownRow(methods);
  const differences: EvaluationResult['differences'] = [];
  for (const baseline of samples > 0 ? methods.slice(0, -1) : []) {
    const minus = (seen: Seen) =>
      pairedDifference(model.ranked[seen], baseline.ranked[seen], cutoffs, bootstrap);
    differences.push({ method: model.name, baseline: baseline.name, ...(await bySeen(options, minus)) });
  }
  return {
    version: 1,
    seed,
    protocol: {
      split: options.split,
      users: new Set(users).size,
      users_in_split: options.usersInSplit,
      targets: model.ranked.kept.length,
      seen_targets: options.seenTargets,
      cold_targets: options.coldTargets ? cold.length : null,
      lists_seen: options.listsSeen,
      items: options.items,
      history_limit: options.historyLimit,
      dataset: options.dataset ?? null,
      num_beams: options.num_beams,
      cold_items: options.cold_items ?? null,
      ranking: 'full',
      ties: 'lower item number first',
      collided_codes: 'every item of a code holds a place, by item number',
      cutoffs,
      intervals: { method: 'percentile bootstrap over users', level, samples },
    },
    methods: results,
    differences,
  };
}

/** Both protocols, the recipe's own as `metrics`: figures that are the same stand once, but for `removed`. */
async function bySeen(
  { listsSeen }: ResultOptions,
  figures: (seen: Seen) => Promise<Record<string, Figure>>,
): Promise<BothFigures> {
  const [kept, removed] = [await figures('kept'), await figures('removed')];
  return listsSeen ? { metrics: kept, removed, kept: null } : { metrics: removed, removed, kept };
}

async function summarise(
  { name, ranked }: EvaluatedMethod,
  options: ResultOptions,
  bootstrap: BootstrapOptions & { users: Int32Array },
  coldCases: readonly number[],
): Promise<MethodResult> {
  const { cutoffs, listsSeen } = options;
  const figures = await bySeen(options, (seen) => figuresOf(ranked[seen], cutoffs, bootstrap));
  const ranks = listsSeen ? ranked.kept : ranked.removed;
  const only = (values: Int32Array) => Int32Array.from(coldCases, (at) => values[at]);
  const ofCold = { ...bootstrap, users: only(bootstrap.users) };
  const cold = coldCases.length > 0 ? await figuresOf(only(ranks), cutoffs, ofCold) : null;
  const { coverage, coverageCutoff: coverage_cutoff } = ranked;
  if (!('codeRanks' in ranked))
    return { name, kind: 'scorer', ...figures, cold, coverage, coverage_cutoff, beams: null };
  return {
    name,
    kind: 'generative',
    ...figures,
    cold,
    coverage,
    coverage_cutoff,
    beams: {
      legal_share: ranked.legalShare,
      repeated_share: ranked.repeatedShare,
      shortest_list: ranked.listLengths.shortest,
      longest_list: ranked.listLengths.longest,
      collided_share: ranked.collidedShare,
      code_metrics: await figuresOf(ranked.codeRanks, cutoffs, bootstrap),
    },
  };
}

async function figuresOf(
  ranks: Int32Array,
  cutoffs: readonly number[],
  bootstrap: BootstrapOptions,
): Promise<Record<string, Figure>> {
  const values: Metrics = rankingMetrics(ranks, cutoffs, bootstrap.metrics);
  const intervals: Record<string, Interval> =
    bootstrap.samples === 0 ? {} : await bootstrapIntervals(ranks, cutoffs, bootstrap);
  return Object.fromEntries(
    Object.entries(values).map(([metric, value]) => [
      metric,
      { value, low: intervals[metric]?.low ?? null, high: intervals[metric]?.high ?? null },
    ]),
  );
}
