import { leadingFigure, selectionFigure } from './headline.ts';
import { holm } from './holm.ts';
import { titledMetrics } from './metrics.ts';
import { type CaseRanks, sameCases } from './ranks-file.ts';
import type { EvaluationResult } from './result.ts';
import { type JointFigure, overSeedsAndUsers } from './seeds-and-users.ts';
import { bothProtocols, type Seen } from './seen-items.ts';

/** A run whose evaluation is done. */
export interface RankedRun {
  name: string;
  result: EvaluationResult;
  /** Of its own recommender. */
  ranks: CaseRanks;
}

/** A run minus another one, over the users that both were asked about: by protocol, then by figure. */
export interface RunDifference {
  run: string;
  minus: string;
  by: Partial<Record<Seen, Record<string, JointFigure>>>;
}

export interface RunDifferences {
  /** The two figures that are compared. */
  metrics: string[];
  /** Each other run minus the first one; runs that were asked something else than that have none. */
  differences: RunDifference[];
}

/**
 * How far runs are above or below the first of them, paired by user, with intervals over users and p corrected for the
 * other runs of the same column (Holm). Null where no other run was asked the same, or nothing is drawn.
 */
export async function differencesOfRuns(runs: readonly RankedRun[]): Promise<RunDifferences | null> {
  const [first, ...others] = runs;
  const same = others.filter((other) => isAskedAlike(first, other));
  if (same.length === 0 || first.result.protocol.intervals.samples === 0) return null;
  const { cutoffs } = first.result.protocol;
  const metrics = [leadingFigure(cutoffs), selectionFigure(cutoffs)];
  const differences: RunDifference[] = [];
  for (const other of same) {
    const by: RunDifference['by'] = {};
    for (const seen of bothProtocols) {
      const found = await difference(other, first, seen);
      if (found) by[seen] = Object.fromEntries(metrics.map((metric) => [metric, found[metric]]));
    }
    differences.push({ run: other.name, minus: first.name, by });
  }
  for (const seen of bothProtocols) for (const metric of metrics) correct(differences, seen, metric);
  return { metrics, differences };
}

/** The same users and targets, among as many items. */
function isAskedAlike(one: RankedRun, other: RankedRun): boolean {
  const [a, b] = [one.result.protocol, other.result.protocol];
  return (
    a.split === b.split &&
    a.items === b.items &&
    a.cutoffs.join() === b.cutoffs.join() &&
    sameCases([one.ranks, other.ranks])
  );
}

async function difference(
  one: RankedRun,
  other: RankedRun,
  seen: Seen,
): Promise<Record<string, JointFigure> | null> {
  const [ranks, minus] = [one.ranks[seen], other.ranks[seen]];
  if (!ranks || !minus) return null;
  const { seed, protocol } = other.result;
  const { samples, level } = protocol.intervals;
  return overSeedsAndUsers([{ ranks, minus }], protocol.cutoffs, {
    seed,
    users: one.ranks.users,
    samples,
    level,
    metrics: titledMetrics,
  });
}

function correct(differences: readonly RunDifference[], seen: Seen, metric: string): void {
  const column = differences.flatMap(({ by }) => by[seen]?.[metric] ?? []);
  for (const [at, p] of holm(column.map((figure) => figure.p)).entries()) column[at].p = p;
}
