import { metricColumns } from '../../../orchestrator/evaluation/format-figure.ts';
import { isNarrow } from '../state/narrow.ts';

/** The metrics of a table; in a narrow window those of the longest lists first, since the others are scrolled to. */
export function shownColumns(cutoffs: readonly number[]): string[] {
  const columns = metricColumns(cutoffs);
  return isNarrow.value ? columns.toSorted((a, b) => cutoffOf(b) - cutoffOf(a)) : columns;
}

function cutoffOf(metric: string): number {
  return Number(metric.split('@')[1] ?? 0);
}
