import { latexTable } from '../../evaluation/latex-table.ts';
import type { SweepReport } from '../collect.ts';
import { reportTables } from './tables.ts';

/** The table of results for LaTeX. */
export function sweepLatex(report: SweepReport): string {
  const { introduction, results, notes } = reportTables(report);
  return latexTable(results.head, 2, results.rows, [...introduction, ...notes]);
}
