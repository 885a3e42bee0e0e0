import { lengthOf } from '../shared/example.ts';
import { renderMeasuredRow } from './render-row.ts';
import { plannedRow, type RowPlan } from './row-plan.ts';
import type { TaskName } from './tasks/names.ts';
import type { Task } from './tasks/task.ts';

/** What the rows of one task look like. */
export interface TaskStatistics {
  task: TaskName;
  /** Rows in the plan. */
  rows: number;
  /** Rows that were rendered for the figures below. */
  measured_rows: number;
  /** Tokens of all rows; estimated from the measured ones where those are fewer. */
  tokens: number;
  /** Tokens with a loss, the same way. */
  learned_tokens: number;
  /** Tokens of a row. */
  length: { median: number; p90: number; p99: number; longest: number };
  /** Share of the measured rows that had to be cut or shortened for max_length. */
  cut_share: number;
}

/** Figures for each task of a plan; the first `rowsPerTask` rows of each task are rendered. */
export function promptStatistics(plan: RowPlan, rowsPerTask = 2000): TaskStatistics[] {
  const counts = new Map<Task, number>();
  for (let row = 0; row < plan.length; row++) {
    const { task } = plannedRow(plan, row);
    counts.set(task, (counts.get(task) ?? 0) + 1);
  }
  return plan.registry
    .filter((task) => counts.has(task))
    .map((task) => measureTask(plan, task, counts.get(task)!, rowsPerTask));
}

function measureTask(plan: RowPlan, task: Task, rows: number, rowsPerTask: number): TaskStatistics {
  const lengths: number[] = [];
  let learned = 0;
  let cuts = 0;
  // The plan is shuffled, so its first rows are a sample.
  for (let row = 0; row < plan.length && lengths.length < rowsPerTask; row++) {
    if (plannedRow(plan, row).task !== task) continue;
    const rendered = renderMeasuredRow(plan, row);
    lengths.push(lengthOf(rendered.row));
    learned += rendered.row.weights.reduce((sum, weight) => sum + Math.sign(weight), 0);
    if (rendered.cut) cuts++;
  }
  lengths.sort((left, right) => left - right);
  const scale = rows / lengths.length;
  const quantile = (share: number) =>
    lengths[Math.min(lengths.length - 1, Math.floor(share * lengths.length))];
  return {
    task: task.name,
    rows,
    measured_rows: lengths.length,
    tokens: Math.round(lengths.reduce((sum, length) => sum + length, 0) * scale),
    learned_tokens: Math.round(learned * scale),
    length: { median: quantile(0.5), p90: quantile(0.9), p99: quantile(0.99), longest: quantile(1) },
    cut_share: cuts / lengths.length,
  };
}
