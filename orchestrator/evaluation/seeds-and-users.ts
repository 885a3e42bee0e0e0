import { createRandom } from '../shared/random.ts';
import { type BootstrapOptions, drawMeans, type Interval, intervalOf } from './bootstrap.ts';
import { rankingMetricList } from './metrics.ts';
import { checkRanking, metricNames, rankContributions } from './ranking-metrics.ts';

/** What one seed ranked: [cases], the same cases for all seeds. */
export interface SeedRanks {
  ranks: Int32Array;
  /** What they are compared with, paired by seed and case; the figures themselves without it. */
  minus?: Int32Array | undefined;
}

/** A mean over seeds and cases, and where it lies when both are drawn anew. */
export interface JointFigure extends Interval {
  value: number;
  /** Two-sided: how often draws fall on the other side of 0, at least 1 of all draws + 1. Says nothing of plain figures. */
  p: number;
}

/**
 * Means over seeds with intervals over seeds and users together: in every draw seeds are drawn with replacement, and so
 * are users, each with all cases and under all drawn seeds, since every user was asked under every seed (Owen 2007: the
 * pigeonhole bootstrap). With one seed it is the bootstrap over users. The spread between n seeds is that of the seeds
 * at hand: (n - 1) / n of the variance that it stands for.
 */
export async function overSeedsAndUsers(
  seeds: readonly SeedRanks[],
  cutoffs: readonly number[],
  options: BootstrapOptions,
): Promise<Record<string, JointFigure>> {
  const cases = checkSeeds(seeds, cutoffs);
  const names = metricNames(cutoffs, options.metrics);
  const { classOf, contributions } = groupCases(seeds, cases, cutoffs, options);
  const draws = await drawMeans(classOf, contributions, seeds.length * names.length, options);
  const drawn = drawSeeds(seeds.length, options);
  return Object.fromEntries(
    names.map((name, metric) => {
      const columns = seeds.map((_, seed) => seed * names.length + metric);
      const sum = classOf.reduce(
        (total, group) => total + columns.reduce((own, column) => own + contributions[group][column], 0),
        0,
      );
      const means = drawn.map((own, sample) => meanOf(own.map((seed) => draws[columns[seed]][sample])));
      const joint = Float64Array.from(means);
      return [
        name,
        { value: sum / (cases * seeds.length), ...intervalOf(joint, options), p: twoSided(joint) },
      ];
    }),
  );
}

/** How many cases there are. */
function checkSeeds(seeds: readonly SeedRanks[], cutoffs: readonly number[]): number {
  if (seeds.length === 0) throw new RangeError('there is no seed to average over');
  const cases = seeds[0].ranks.length;
  for (const { ranks, minus = ranks } of seeds) {
    for (const each of [ranks, minus]) {
      checkRanking(each, cutoffs);
      if (each.length !== cases)
        throw new RangeError(`all seeds must rank the same users, got ${cases} and ${each.length}`);
    }
  }
  return cases;
}

/** Cases that add the same to every figure under every seed are alike: [classes][seeds * metrics]. */
function groupCases(
  seeds: readonly SeedRanks[],
  cases: number,
  cutoffs: readonly number[],
  { metrics = rankingMetricList }: BootstrapOptions,
): { classOf: Int32Array; contributions: number[][] } {
  const groups = new Map<string, number>();
  const contributions: number[][] = [];
  const last = metrics.every(({ atCutoffs }) => atCutoffs) ? Math.max(...cutoffs) : Infinity;
  const short = (rank = 0) => (rank > last ? 0 : rank);
  const classOf = Int32Array.from({ length: cases }, (_, at) => {
    const key = seeds.map(({ ranks, minus }) => `${short(ranks[at])} ${short(minus?.[at])}`).join(',');
    const known = groups.get(key);
    if (known !== undefined) return known;
    groups.set(key, contributions.length);
    return contributions.push(seeds.flatMap((seed) => added(seed, at))) - 1;
  });
  return { classOf, contributions };

  function added({ ranks, minus }: SeedRanks, at: number): number[] {
    const own = rankContributions(ranks[at], cutoffs, metrics);
    if (!minus) return own;
    const other = rankContributions(minus[at], cutoffs, metrics);
    return own.map((value, metric) => value - other[metric]);
  }
}

/** [samples][seeds] */
function drawSeeds(count: number, { seed, samples }: BootstrapOptions): number[][] {
  const random = createRandom(seed, 'bootstrap of seeds');
  return Array.from({ length: samples }, () => Array.from({ length: count }, () => random.integer(count)));
}

function twoSided(draws: Float64Array): number {
  const below = draws.filter((value) => value <= 0).length;
  const above = draws.filter((value) => value >= 0).length;
  return Math.min(1, (2 * (1 + Math.min(below, above))) / (draws.length + 1));
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
