import { deviation, mean } from '../shared/spread.ts';
import { verdictOf } from './describe-result.ts';
import { leadingFigure } from './headline.ts';
import { type MetricsBlock, metricsBlocks } from './metrics-table.ts';
import type { Difference, EvaluationResult, Figure } from './result.ts';

/** A figure over seeds. */
export interface Spread {
  mean: number;
  /** Standard deviation over seeds (n - 1). */
  deviation: number;
}

export interface SeedsResult {
  seeds: number[];
  /** By what became of seen items, then by method, as in the tables of the runs. */
  blocks: { seen: MetricsBlock['seen']; rows: { name: string; metrics: Record<string, Spread> }[] }[];
  /** Of the model to each baseline. */
  differences: {
    method: string;
    baseline: string;
    /** In the leading figure, with seen items kept and removed; in how many seeds the paired interval is above 0. */
    kept: Spread & { above: number };
    removed: (Spread & { above: number }) | null;
  }[];
}

/**
 * Results of runs that differ only in their seed, as one. Intervals show the effect of the sampled users, the deviation
 * that of the seed. Methods and metrics that not all of them have are left out.
 */
export function overSeeds(results: readonly EvaluationResult[]): SeedsResult {
  const [first] = results;
  const all = results.map(metricsBlocks);
  return {
    seeds: results.map(({ seed }) => seed),
    blocks: all[0].flatMap(({ seen, rows }) => {
      const same = all.map((blocks) => blocks.find((block) => block.seen === seen));
      const merged = rows.flatMap(({ name, metrics }) => {
        const own = same.map((block) => block?.rows.find((row) => row.name === name)?.metrics);
        if (own.includes(undefined)) return [];
        const names = Object.keys(metrics).filter((metric) => own.every((each) => each![metric]));
        return [{ name, metrics: spreads(names, own as Record<string, Figure>[]) }];
      });
      return merged.length > 0 ? [{ seen, rows: merged }] : [];
    }),
    differences: first.differences.flatMap(({ method, baseline }) => {
      const own = results.map(({ differences }) =>
        differences.find((each) => each.method === method && each.baseline === baseline),
      );
      if (own.includes(undefined)) return [];
      const metric = leadingFigure(first.protocol.cutoffs);
      const of = (side: 'metrics' | 'removed') => {
        const figures = (own as Difference[]).map((each) => each[side]?.[metric]);
        if (figures.includes(undefined)) return null;
        const above = figures.filter((figure) => verdictOf(figure!) === 'above').length;
        return { ...spreadOf(figures as Figure[]), above };
      };
      const kept = of('metrics');
      return kept ? [{ method, baseline, kept, removed: of('removed') }] : [];
    }),
  };
}

function spreads(names: readonly string[], own: readonly Record<string, Figure>[]): Record<string, Spread> {
  return Object.fromEntries(names.map((name) => [name, spreadOf(own.map((each) => each[name]))]));
}

function spreadOf(figures: readonly Figure[]): Spread {
  const values = figures.map(({ value }) => value);
  return { mean: mean(values), deviation: deviation(values) };
}
