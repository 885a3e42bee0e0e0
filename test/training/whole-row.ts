import type { TaskName } from '../../orchestrator/prompts/tasks/names.ts';
import type { TrainingRow } from '../../orchestrator/prompts/types.ts';

/** A row that is all target, as a history is. */
export function wholeRow(
  tokens: readonly number[] | Int32Array,
  weights: readonly number[],
  summaries: TrainingRow['summaries'] = [],
  task: TaskName = 'sequential-recommendation',
): TrainingRow {
  return {
    task,
    source: new Int32Array(0),
    target: Int32Array.from(tokens),
    weights: Float32Array.from(weights),
    summaries,
  };
}
