import { plannedRow, type RowPlan } from './row-plan.ts';
import type { MeasuredRow } from './tasks/task.ts';
import { templateRow } from './template-row.ts';
import type { TrainingRow } from './types.ts';

/** Row `row` of a plan: always the same tokens for the same plan, whatever was rendered before. */
export function renderRow(plan: RowPlan, row: number): TrainingRow {
  return renderMeasuredRow(plan, row).row;
}

/** The same, and whether something had to be cut or shortened for maxLength. */
export function renderMeasuredRow(plan: RowPlan, row: number): MeasuredRow {
  const { task, subject, random } = plannedRow(plan, row);
  const bare = task.bareRows?.(plan.source);
  return bare ? bare(subject, random) : templateRow(plan.source, task, subject, random());
}
