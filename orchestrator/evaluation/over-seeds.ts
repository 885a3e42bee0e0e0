import { deviation, mean } from '../shared/spread.ts';
import { verdictOf } from './describe-result.ts';
import { leadingFigure } from './headline.ts';
import { holm } from './holm.ts';
import { titledMetrics } from './metrics.ts';
import { type MetricsBlock, metricsBlocks } from './metrics-table.ts';
import { type CaseRanks, sameCases } from './ranks-file.ts';
import type { Difference, EvaluationResult, Figure } from './result.ts';
import { type JointFigure, overSeedsAndUsers } from './seeds-and-users.ts';
import { figuresUnder, type Seen } from './seen-items.ts';

/** What a run of one seed was evaluated to. */
export interface SeedRun {
  result: EvaluationResult;
  /** Of every case by one of the methods; null where there are none. */
  ranksOf: (method: string) => CaseRanks | null;
}

/** A figure over seeds. */
export interface Spread {
  mean: number;
  /** Standard deviation over seeds (n - 1). */
  deviation: number;
  /** Interval over seeds and users together; null without a bootstrap, or where seeds were asked other questions. */
  low: number | null;
  high: number | null;
}

/** A difference over seeds. */
export interface Compared extends Spread {
  /** In how many seeds the interval over users alone is above 0. */
  above: number;
  /** Over seeds and users; corrected for all differences of the result (Holm). */
  p: number | null;
}

export interface SeedsResult {
  seeds: number[];
  /** By what became of seen items, then by method, as in the tables of the runs. */
  blocks: { seen: Seen; rows: { name: string; metrics: Record<string, Spread> }[] }[];
  /** Of the model to each baseline, in the leading figure, by protocol. */
  differences: ({ method: string; baseline: string } & Record<Seen, Compared | null>)[];
}

/**
 * Results of runs that differ only in their seed, as one. Methods and metrics that not all of them have are left out.
 */
export async function overSeeds(runs: readonly SeedRun[]): Promise<SeedsResult> {
  const results = runs.map(({ result }) => result);
  const all = results.map(metricsBlocks);
  const blocks: SeedsResult['blocks'] = [];
  for (const { seen, rows } of all[0]) {
    const same = all.map((blocks) => blocks.find((block) => block.seen === seen));
    const merged: SeedsResult['blocks'][number]['rows'] = [];
    for (const { name, metrics } of rows) {
      const own = same.map((block) => findRow(block, name)?.metrics);
      if (own.includes(undefined)) continue;
      const joint = await jointOf(runs, seen, name);
      const names = Object.keys(metrics).filter((metric) => own.every((each) => each![metric]));
      merged.push({ name, metrics: spreads(names, own as Record<string, Figure>[], joint) });
    }
    if (merged.length > 0) blocks.push({ seen, rows: merged });
  }
  return { seeds: results.map(({ seed }) => seed), blocks, differences: await differencesOf(runs) };
}

function findRow(block: MetricsBlock | undefined, name: string) {
  return block?.rows.find((row) => row.name === name);
}

async function differencesOf(runs: readonly SeedRun[]): Promise<SeedsResult['differences']> {
  const found: SeedsResult['differences'] = [];
  for (const { method, baseline } of runs[0].result.differences) {
    const own = runs.map(({ result }) =>
      result.differences.find((each) => each.method === method && each.baseline === baseline),
    );
    if (own.includes(undefined)) continue;
    const of = (seen: Seen) => comparedOf(runs, own as Difference[], seen);
    found.push({ method, baseline, kept: await of('kept'), removed: await of('removed') });
  }
  const compared = found.flatMap(({ kept, removed }) => [kept, removed]).filter((each) => each?.p != null);
  const corrected = holm(compared.map((each) => each!.p!));
  for (const [at, each] of compared.entries()) each!.p = corrected[at];
  return found;
}

async function comparedOf(
  runs: readonly SeedRun[],
  own: readonly Difference[],
  seen: Seen,
): Promise<Compared | null> {
  const metric = leadingFigure(runs[0].result.protocol.cutoffs);
  const figures = own.map((each, at) => figuresUnder(seen, each, runs[at].result.protocol)?.[metric]);
  if (figures.includes(undefined)) return null;
  const above = figures.filter((figure) => verdictOf(figure!) === 'above').length;
  const joint = (await jointOf(runs, seen, own[0].method, own[0].baseline))?.[metric];
  return { ...spreadOf(figures as Figure[], joint), above, p: joint?.p ?? null };
}

/** Over seeds and users, of a method or of its difference to another one; null where ranks are missing or not asked for. */
async function jointOf(
  runs: readonly SeedRun[],
  seen: Seen,
  method: string,
  minus?: string,
): Promise<Record<string, JointFigure> | null> {
  const { seed, protocol } = runs[0].result;
  const { samples, level } = protocol.intervals;
  const own = runs.map(({ ranksOf }) => ranksOf(method));
  const other = runs.map(({ ranksOf }) => (minus === undefined ? null : ranksOf(minus)));
  if (samples === 0 || !sameCases([...own, ...(minus === undefined ? [] : other)])) return null;
  const seeds = own.map((ranks, at) => ({ ranks: ranks?.[seen], minus: other[at]?.[seen] }));
  if (seeds.some(({ ranks, minus: of }) => !ranks || (minus !== undefined && !of))) return null;
  return overSeedsAndUsers(
    seeds.map(({ ranks, minus: of }) => ({ ranks: ranks!, minus: of ?? undefined })),
    protocol.cutoffs,
    { seed, users: own[0]!.users, samples, level, metrics: titledMetrics },
  );
}

function spreads(
  names: readonly string[],
  own: readonly Record<string, Figure>[],
  joint: Record<string, JointFigure> | null,
): Record<string, Spread> {
  const of = (name: string) =>
    spreadOf(
      own.map((each) => each[name]),
      joint?.[name],
    );
  return Object.fromEntries(names.map((name) => [name, of(name)]));
}

function spreadOf(figures: readonly Figure[], joint: JointFigure | undefined): Spread {
  const values = figures.map(({ value }) => value);
  return {
    mean: mean(values),
    deviation: deviation(values),
    low: joint?.low ?? null,
    high: joint?.high ?? null,
  };
}
