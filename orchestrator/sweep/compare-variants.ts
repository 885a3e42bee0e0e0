import { holm } from '../evaluation/holm.ts';
import { titledMetrics } from '../evaluation/metrics.ts';
import { type CaseRanks, sameCases } from '../evaluation/ranks-file.ts';
import { type JointFigure, overSeedsAndUsers } from '../evaluation/seeds-and-users.ts';
import type { Seen } from '../evaluation/seen-items.ts';

/** Figures by what became of seen items; older results have one of both. */
export type BySeen<T> = Partial<Record<Seen, Record<string, T>>>;

/** A variant over its seeds and over users. */
export interface Comparison {
  /** Its own; none of one seed alone, or where its seeds were asked different questions. */
  figures: BySeen<JointFigure>;
  /**
   * Minus the reference, over the seeds that both have; none of the reference itself, or where other questions were
   * asked. `p` is corrected for the other variants of the same column (Holm).
   */
  difference: BySeen<JointFigure>;
}

/** A run whose evaluation is done. */
export interface EvaluatedRun {
  variant: string;
  seed: number;
  /** Of its own recommender. */
  ranks: CaseRanks;
}

export interface CompareOptions {
  cutoffs: readonly number[];
  seed: number;
  samples: number;
}

/** Every variant by itself, and against the reference. */
export async function compareVariants(
  runs: readonly EvaluatedRun[],
  reference: string,
  options: CompareOptions,
): Promise<Record<string, Comparison>> {
  const found: Record<string, Comparison> = {};
  for (const name of new Set(runs.map(({ variant }) => variant))) {
    const own = runs.filter(({ variant }) => variant === name);
    const alone = own.map(({ ranks }) => [ranks]);
    const pairs = own.flatMap(({ seed, ranks }) => {
      const other = runs.find((run) => run.variant === reference && run.seed === seed);
      return other && name !== reference ? [[ranks, other.ranks]] : [];
    });
    found[name] = {
      figures: own.length > 1 ? await jointly(alone, options) : {},
      difference: await jointly(pairs, options),
    };
  }
  correct(Object.values(found));
  return found;
}

/** Of one ranking for each seed, or of the first minus the second, under the protocols that all of them have. */
async function jointly(
  seeds: readonly (readonly CaseRanks[])[],
  { cutoffs, seed, samples }: CompareOptions,
): Promise<BySeen<JointFigure>> {
  const found: BySeen<JointFigure> = {};
  if (seeds.length === 0 || !sameCases(seeds.flat())) return found;
  for (const seen of ['kept', 'removed'] as const) {
    if (seeds.flat().some(({ [seen]: ranks }) => !ranks)) continue;
    const ranked = seeds.map(([own, other]) => ({ ranks: own[seen]!, minus: other?.[seen] ?? undefined }));
    const options = { seed, users: seeds[0][0].users, samples, metrics: titledMetrics };
    found[seen] = await overSeedsAndUsers(ranked, cutoffs, options);
  }
  return found;
}

/** Column by column: whoever reads one looks at all of its rows. */
function correct(comparisons: readonly Comparison[]): void {
  for (const seen of ['kept', 'removed'] as const) {
    const columns = comparisons.flatMap(({ difference: { [seen]: column } }) => (column ? [column] : []));
    for (const metric of Object.keys(columns[0] ?? {})) {
      const figures = columns.map((column) => column[metric]);
      const corrected = holm(figures.map(({ p }) => p));
      for (const [at, figure] of figures.entries()) figure.p = corrected[at];
    }
  }
}
