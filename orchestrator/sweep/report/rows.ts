import { ownFigures } from '../../evaluation/format-figure.ts';
import type { PartReport, RunReport, SweepReport } from '../collect.ts';
import type { Variant } from '../sweep-file.ts';

/** A variant with its runs, one a seed. */
export interface VariantRow {
  variant: Variant;
  isReference: boolean;
  runs: RunReport[];
}

export function variantRows({ plan, runs }: SweepReport): VariantRow[] {
  return plan.variants.map((variant, at) => ({
    variant,
    isReference: at === 0,
    runs: runs.filter((run) => run.variant === variant.name),
  }));
}

/** Of the weights that a run ends with; undefined before there are any. */
export function validationOf({ parts }: RunReport): PartReport | undefined {
  return parts.at(-1);
}

/** Whether a run has got as far as the sweep goes. */
export function isFinished(run: RunReport, until: SweepReport['plan']['until']): boolean {
  return run.figures[until] !== undefined;
}

/** What a variant changes, in its own words or its settings. */
export function describeVariant({ title, recipe, set }: Variant): string {
  return title ?? (recipe === undefined ? describeSettings(set) : `the recipe ${recipe}`);
}

/** `dropout = 0.2, epochs = 6` by their whole paths. */
export function describeSettings(set: Record<string, unknown>): string {
  return Object.entries(set)
    .map(([path, value]) => `${path} = ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}

/** Figures of the metrics of the user's own, at the largest cutoff where they have some. */
export function ownMetrics(runs: readonly RunReport[]): string[] {
  return distinct(
    runs.flatMap(({ test, protocol }) =>
      ownFigures(Object.assign({}, ...Object.values(test))).filter(
        (name) => !name.includes('@') || name.endsWith(`@${Math.max(...(protocol?.cutoffs ?? []))}`),
      ),
    ),
  );
}

/** Values that are there. */
export function present<T>(values: readonly (T | null | undefined)[]): T[] {
  return values.filter((value): value is T => value !== null && value !== undefined);
}

export function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
