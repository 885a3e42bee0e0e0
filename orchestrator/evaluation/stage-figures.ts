import { formatFigure } from '../shared/format.ts';
import type { Figures } from '../shared/reporter.ts';
import { rankingMetricList } from './metrics.ts';
import { bothProtocols } from './seen-items.ts';

// How the figures of stages are shown: in lists and comparisons of runs, and on the page.

/**
 * The figures of an evaluation with the protocol in every name: one that has none is by the run's own, whose figures
 * it shares with those that have one. Where both protocols come to the same, it cannot be told, and no name is given.
 */
export function namedFigures(figures: Figures): Figures {
  const under = (name: string, seen: string) => `${name}, seen ${seen}`;
  const fits = bothProtocols.filter((seen) => {
    const given = Object.keys(figures).filter((name) => under(name, seen) in figures);
    return given.length > 0 && given.every((name) => figures[name] === figures[under(name, seen)]);
  });
  const [own] = fits;
  if (!own) return figures;
  const entries = Object.entries(figures).flatMap(([name, value]): [string, number | string][] => {
    if (name.includes(', seen ') || !isMetric(name)) return [[name, value]];
    if (fits.length === 1) return [[under(name, own), value]];
    return under(name, own) in figures ? [] : [[name, value]];
  });
  return Object.fromEntries(entries);
}

/** `recall@10, seen kept 0.6351 · share of legal beams 1` */
export function formatStageFigures(figures: Figures): string {
  return Object.entries(namedFigures(figures))
    .map(([name, value]) => `${name} ${formatStageFigure(name, value)}`)
    .join(' · ');
}

/** Metrics have four digits behind the point, as in every table. */
export function formatStageFigure(name: string, value: number | string | undefined): string {
  return typeof value === 'number' && isMetric(name) ? value.toFixed(4) : formatFigure(value);
}

/** `recall@10`, `mrr`, `alignment best validation NDCG@10`, and those of the user's own: `precision@5`. */
function isMetric(name: string): boolean {
  const [metric, cutoff] = (name.split(', ', 1)[0].split(' ').at(-1) ?? '').split('@');
  return cutoff !== undefined || rankingMetricList.some((known) => known.name === metric);
}
