import { createBreathe } from '../shared/breathe.ts';
import { createRandom } from '../shared/random.ts';
import type { RankingMetric } from './metrics.ts';
import { checkRanking, countRanks, metricNames, rankContributions } from './ranking-metrics.ts';

/** The 95% (or other) interval of a figure. */
export interface Interval {
  low: number;
  high: number;
}

export const usualLevel = 0.95;

export interface BootstrapOptions {
  seed: number;
  /** [cases] the user of each case; without it, each case is a user's only one. */
  users?: Int32Array | undefined;
  /** Resamples. */
  samples: number;
  /** Share of the resamples that lies inside; that of `usualLevel` by default. */
  level?: number | undefined;
  /** Those of every evaluation by default. */
  metrics?: readonly RankingMetric[] | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Percentile bootstrap over users (Efron and Tibshirani 1993, chapter 13): users are drawn with replacement, each with
 * all of its cases, since what one user does is alike (Field and Welsh 2007: the cluster bootstrap); all metrics are
 * taken on each draw, and the interval lies between the quantiles of the draws.
 * A figure that is equal for all users gets an interval of no width: the bootstrap cannot see beyond the sample.
 */
export async function bootstrapIntervals(
  ranks: Int32Array,
  cutoffs: readonly number[],
  options: BootstrapOptions,
): Promise<Record<string, Interval>> {
  checkRanking(ranks, cutoffs);
  // Users of one rank are alike, so a draw is a count for each distinct rank.
  const distinct = countRanks(ranks).map(([rank]) => rank);
  const classOfRank = new Map(distinct.map((rank, at) => [rank, at]));
  return bootstrapMeans(
    Int32Array.from(ranks, (rank) => classOfRank.get(rank)!),
    distinct.map((rank) => rankContributions(rank, cutoffs, options.metrics)),
    metricNames(cutoffs, options.metrics),
    options,
  );
}

/**
 * Intervals of means over cases that are grouped into classes. `classOf` is [cases]; `contributions` is
 * [classes][metrics]: what a case of that class adds to each metric.
 */
export async function bootstrapMeans(
  classOf: Int32Array,
  contributions: number[][],
  names: string[],
  options: BootstrapOptions,
): Promise<Record<string, Interval>> {
  const draws = await drawMeans(classOf, contributions, names.length, options);
  return Object.fromEntries(names.map((name, metric) => [name, intervalOf(draws[metric], options)]));
}

/** [metrics][samples] the same means on each draw of users. */
export async function drawMeans(
  classOf: Int32Array,
  contributions: number[][],
  metrics: number,
  { seed, users, samples, signal }: BootstrapOptions,
): Promise<Float64Array[]> {
  const random = createRandom(seed, 'bootstrap');
  const breathe = createBreathe(signal);
  const { offsets, cases } = casesByUser(classOf.length, users);
  const drawable = offsets.length - 1;
  const flat = Float64Array.from(contributions.flat());
  const draws = Array.from({ length: metrics }, () => new Float64Array(samples));
  const counts = new Int32Array(contributions.length);
  const sums = new Float64Array(metrics);
  for (let sample = 0; sample < samples; sample++) {
    counts.fill(0);
    let drawn = 0;
    for (let draw = 0; draw < drawable; draw++) {
      const user = random.integer(drawable);
      for (let at = offsets[user]; at < offsets[user + 1]; at++) counts[classOf[cases[at]]]++;
      drawn += offsets[user + 1] - offsets[user];
    }
    addUp(counts, flat, sums);
    for (let metric = 0; metric < metrics; metric++) draws[metric][sample] = sums[metric] / drawn;
    await breathe();
  }
  return draws;
}

/** Between the quantiles of the draws. */
export function intervalOf(
  draws: Float64Array,
  { level = usualLevel }: Pick<BootstrapOptions, 'level'>,
): Interval {
  const tail = (1 - level) / 2;
  const sorted = draws.toSorted();
  return { low: quantile(sorted, tail), high: quantile(sorted, 1 - tail) };
}

/** The cases of user `u`, numbered as they first appear, are `cases[offsets[u] .. offsets[u + 1])`. */
function casesByUser(count: number, users?: Int32Array): { offsets: Int32Array; cases: Int32Array } {
  if (users && users.length !== count)
    throw new RangeError(`${users.length} users are named for ${count} cases`);
  const groups = new Map<number, number[]>();
  for (let at = 0; at < count; at++) {
    const user = users ? users[at] : at;
    const own = groups.get(user);
    if (own) own.push(at);
    else groups.set(user, [at]);
  }
  const offsets = new Int32Array(groups.size + 1);
  for (const [user, own] of [...groups.values()].entries()) offsets[user + 1] = offsets[user] + own.length;
  return { offsets, cases: Int32Array.from([...groups.values()].flat()) };
}

function addUp(counts: Int32Array, contributions: Float64Array, sums: Float64Array): void {
  const metrics = sums.length;
  sums.fill(0);
  for (let group = 0; group < counts.length; group++) {
    const count = counts[group];
    if (count === 0) continue;
    for (let metric = 0; metric < metrics; metric++)
      sums[metric] += count * contributions[group * metrics + metric];
  }
}

/** Between the two nearest of the sorted values, in proportion. */
function quantile(sorted: Float64Array, share: number): number {
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}
