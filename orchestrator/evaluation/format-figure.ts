import { rankingMetricList } from './metrics.ts';
import { metricNames } from './ranking-metrics.ts';
import type { Figure, Protocol } from './result.ts';

/** `.0615–.0681`; empty without an interval. */
export function formatRange({ low, high }: Figure): string {
  return low === null || high === null ? '' : `${formatShort(low)}–${formatShort(high)}`;
}

/** The metrics that tables show: recall at every cutoff, then NDCG at all but 1, where it equals recall. */
export function metricColumns(cutoffs: readonly number[], metrics = rankingMetricList): string[] {
  return metrics
    .filter(({ title }) => title !== undefined)
    .flatMap(({ hiddenAt, ...metric }) =>
      metricNames(
        cutoffs.filter((k) => k !== hiddenAt),
        [metric],
      ),
    );
}

/** Of figures by name, those that metrics of the user's own made: a record tells of them what its reader does not know. */
export function ownFigures(metrics: Readonly<Record<string, unknown>>): string[] {
  const known = new Set(rankingMetricList.map(({ name }) => name));
  return Object.keys(metrics).filter((metric) => !known.has(metric.split('@')[0]));
}

/** `NDCG@10` for the metric `ndcg@10`: as tables head their columns. */
export function metricTitle(metric: string): string {
  const [name, ...cutoff] = metric.split('@');
  const title = rankingMetricList.find((known) => known.name === name)?.title ?? name;
  return [title, ...cutoff].join('@');
}

/** So wide an interval says that the second digit of a figure is not sure. */
const wide = 0.05;

/**
 * Whether that is so of a figure over so many users. Where all of them came out alike a bootstrap has no width: their
 * number alone then says how little is known (rule of three).
 */
export function isWide({ low, high }: Figure, users: number): boolean {
  return low !== null && high !== null && Math.max(high - low, 3 / users) > wide;
}

/** How many users were asked: `3,182`; `20 of 163` where not all of the split were. */
export function formatUsers({ users, users_in_split }: Pick<Protocol, 'users' | 'users_in_split'>): string {
  const number = (count: number) => count.toLocaleString('en-US');
  return `${users === users_in_split ? '' : `${number(users)} of `}${number(users_in_split)}`;
}

/** `.0615`, four digits after the point. */
export function formatShort(value: number): string {
  return value.toFixed(4).replace(/^(-?)0\./, '$1.');
}

/** `p = .012`, `p < .001` */
export function formatP(p: number): string {
  return p < 0.001 ? 'p < .001' : `p = ${p.toFixed(3).replace(/^0/, '')}`;
}

/** `+.0023`, `−.0041` */
export function formatSigned(value: number): string {
  return `${value < 0 ? '−' : '+'}${formatShort(Math.abs(value))}`;
}
