import { renderRow } from './render-row.ts';
import { type RowPlan, rowPlan } from './row-plan.ts';
import type { TrainingRow } from './types.ts';

/** The rows of an epoch in their order, rendered one at a time, from row `first` on. */
export function* trainingRows(parameters: Parameters<typeof rowPlan>[0], first = 0): Generator<TrainingRow> {
  const plan: RowPlan = rowPlan(parameters);
  for (let row = first; row < plan.length; row++) yield renderRow(plan, row);
}
