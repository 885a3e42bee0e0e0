import { type BootstrapOptions, bootstrapMeans, type Interval } from './bootstrap.ts';
import { checkRanking, metricNames, rankContributions } from './ranking-metrics.ts';

export interface Difference extends Interval {
  /** Mean of a minus mean of b. */
  value: number;
}

/**
 * The differences a - b of two methods on the same cases, with paired bootstrap intervals: both methods are taken on
 * the same draws of users, so that what makes a user easy or hard for both cancels out. `a` is better than `b` in a
 * metric when the interval lies above 0.
 */
export async function pairedDifference(
  a: Int32Array,
  b: Int32Array,
  cutoffs: readonly number[],
  options: BootstrapOptions,
): Promise<Record<string, Difference>> {
  checkRanking(a, cutoffs);
  checkRanking(b, cutoffs);
  if (a.length !== b.length)
    throw new RangeError(`both methods must rank the same users, got ${a.length} and ${b.length}`);
  const { classOf, pairs } = groupPairs(a, b);
  const contributions = pairs.map(([rankA, rankB]) => {
    const ofB = rankContributions(rankB, cutoffs, options.metrics);
    return rankContributions(rankA, cutoffs, options.metrics).map((value, at) => value - ofB[at]);
  });
  const names = metricNames(cutoffs, options.metrics);
  const intervals = await bootstrapMeans(classOf, contributions, names, options);
  return Object.fromEntries(
    names.map((name, metric) => {
      const sum = classOf.reduce((total, group) => total + contributions[group][metric], 0);
      return [name, { value: sum / a.length, ...intervals[name] }];
    }),
  );
}

function groupPairs(a: Int32Array, b: Int32Array) {
  const groups = new Map<string, number>();
  const pairs: [number, number][] = [];
  const classOf = new Int32Array(a.length);
  for (let at = 0; at < a.length; at++) {
    const key = `${a[at]} ${b[at]}`;
    let group = groups.get(key);
    if (group === undefined) {
      group = pairs.length;
      groups.set(key, group);
      pairs.push([a[at], b[at]]);
    }
    classOf[at] = group;
  }
  return { classOf, pairs };
}
