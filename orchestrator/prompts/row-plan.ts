import { UserError } from '../shared/errors.ts';
import { createRandom, type Random, shuffle } from '../shared/random.ts';
import { assemble } from './assemble.ts';
import { canFeed } from './can-feed.ts';
import type { PromptSource } from './prompt-source.ts';
import { type Subject, subjectsOf } from './subjects.ts';
import { type TaskName, taskNames } from './types.ts';

/** Which rows an epoch has, in which order; any row can be rendered by itself, so that training resumes anywhere. */
export interface RowPlan {
  source: PromptSource;
  seed: number;
  epoch: number;
  /** [rows * 2] task number + tasks * how often the subject was drawn before, then the subject */
  entries: Int32Array;
  length: number;
}

export interface PlannedRow {
  task: TaskName;
  subject: Subject;
  /** The row's own stream: its template and whatever else is drawn for it. */
  random(): Random;
}

/**
 * Plans an epoch. A task's weight is the share of its rows that an epoch uses: with 0.25 the next quarter of them each
 * epoch, so that four epochs show all; with 2 each row twice, by other templates.
 */
export function rowPlan(parameters: {
  source: PromptSource;
  tasks: Partial<Record<TaskName, number>>;
  seed: number;
  epoch: number;
}): RowPlan {
  const { source, tasks, seed, epoch } = parameters;
  const parts = checkedTasks(source, tasks).map(([task, weight]) => {
    const subjects = shuffle(subjectsOf(task, source), createRandom(seed, 'subjects', task));
    const count = subjects.length === 0 ? 0 : Math.max(1, Math.round(subjects.length * weight));
    return { task, subjects, count };
  });
  const length = parts.reduce((sum, { count }) => sum + count, 0);
  const entries = new Int32Array(length * 2);
  let at = 0;
  for (const { task, subjects, count } of parts)
    for (let drawn = epoch * count; drawn < (epoch + 1) * count; drawn++) {
      const times = Math.floor(drawn / subjects.length);
      entries[at++] = taskNames.indexOf(task) + taskNames.length * times;
      entries[at++] = subjects[drawn % subjects.length];
    }
  shufflePairs(entries, createRandom(seed, 'rows', epoch));
  return { source, seed, epoch, entries, length };
}

export function plannedRow(plan: RowPlan, row: number): PlannedRow {
  if (!(row >= 0 && row < plan.length)) throw new RangeError(`row ${row} of a plan with ${plan.length} rows`);
  const drawn = plan.entries[row * 2];
  const subject = plan.entries[row * 2 + 1];
  const task = taskNames[drawn % taskNames.length];
  return { task, subject, random: () => createRandom(plan.seed, 'row', plan.epoch, task, subject, drawn) };
}

function checkedTasks(
  source: PromptSource,
  tasks: Partial<Record<TaskName, number>>,
): [task: TaskName, weight: number][] {
  const chosen = Object.entries(tasks) as [TaskName, number][];
  for (const [task, weight] of chosen) {
    if (!taskNames.includes(task))
      throw new UserError('prompts/unknown-task', `there is no task "${task}"`, {
        remedy: `Tasks are ${taskNames.join(', ')}.`,
      });
    if (!(Number.isFinite(weight) && weight >= 0))
      throw new UserError('prompts/weight', `the task ${task} has the weight ${weight}; expected 0 or more`, {
        remedy: 'A weight is the share of the task’s rows used in an epoch: 1 = each row once.',
      });
    const reason = weight > 0 ? canFeed(task, source.dataset) : null;
    if (reason)
      throw new UserError('prompts/cannot-feed', `the data cannot feed the task ${task}: ${reason}`, {
        remedy: `Leave ${task} out of the stage's tasks, or use data that has what it needs.`,
      });
  }
  const used = chosen.filter(([, weight]) => weight > 0);
  if (used.length === 0)
    throw new UserError('prompts/no-tasks', 'no task has a weight above 0', {
      remedy: 'Give at least one task a weight, for example sequential-recommendation: 1.',
    });
  for (const [task] of used) checkLength(source, task);
  // The order of a recipe's lines must not matter.
  return used.sort(([left], [right]) => taskNames.indexOf(left) - taskNames.indexOf(right));
}

/** Better now than in the middle of training: every template must fit with one item and the shortest texts. */
function checkLength(source: PromptSource, task: TaskName): void {
  if (task === 'sequential-recommendation' && source.layout === 'user') return;
  const briefest = { history: [0], item: 0, description: '-', query: '-', preference: '-', titleLength: 1 };
  for (const template of source.templates.tasks[task]) assemble(source, template, briefest);
}

/** Fisher and Yates on pairs that stay together. */
function shufflePairs(entries: Int32Array, random: Random): void {
  for (let last = entries.length / 2 - 1; last > 0; last--) {
    const other = random.integer(last + 1);
    for (const part of [0, 1]) {
      const held = entries[last * 2 + part];
      entries[last * 2 + part] = entries[other * 2 + part];
      entries[other * 2 + part] = held;
    }
  }
}
