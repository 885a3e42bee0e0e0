import { renderRow } from '../../orchestrator/prompts/render-row.ts';
import { rowPlan } from '../../orchestrator/prompts/row-plan.ts';
import type { TrainingRow } from '../../orchestrator/prompts/types.ts';

/** The rows of an epoch in their order, rendered one at a time, from row `first` on. */
export function* trainingRows(parameters: Parameters<typeof rowPlan>[0], first = 0): Generator<TrainingRow> {
  const plan = rowPlan(parameters);
  for (let row = first; row < plan.length; row++) yield renderRow(plan, row);
}
