import type { Dataset } from '../dataset/types.ts';
import { UserError } from '../shared/errors.ts';
import { createRandom, type Random, shuffle } from '../shared/random.ts';
import { assemble } from './assemble.ts';
import { checkNeeds } from './check-needs.ts';
import type { PromptSource } from './prompt-source.ts';
import { type Subject, userOfEvent } from './subjects.ts';
import { allTasks } from './tasks/index.ts';
import type { TaskName } from './tasks/names.ts';
import type { Task } from './tasks/task.ts';

/** Which rows an epoch has, in which order; any row can be rendered by itself, so that training resumes anywhere. */
export interface RowPlan {
  source: PromptSource;
  /** What the numbers of tasks count. */
  registry: readonly Task[];
  seed: number;
  epoch: number;
  /** [rows * 2] task number + tasks * how often the subject was drawn before, then the subject */
  entries: Int32Array;
  length: number;
}

export interface PlannedRow {
  task: Task;
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
  /** Of a dataset that goes on from an earlier run: the share of the rows without anything new that is used. */
  replay?: number | undefined;
  registry?: readonly Task[];
}): RowPlan {
  const { source, tasks, seed, epoch, replay = 1, registry = allTasks } = parameters;
  const parts = checkedTasks(source, tasks, registry).flatMap(([task, weight]) =>
    partsOf(source.dataset, task.subjects(source)).map(({ subjects: every, old }) => {
      const subjects = shuffle(every, createRandom(seed, 'subjects', task.name));
      const share = old ? weight * replay : weight;
      const count = subjects.length * share === 0 ? 0 : Math.max(1, Math.round(subjects.length * share));
      return { task, subjects, count };
    }),
  );
  const length = parts.reduce((sum, { count }) => sum + count, 0);
  if (length === 0)
    throw new UserError(
      'prompts/no-rows',
      'there is nothing new to learn from for these tasks, and no replay',
      {
        place: 'training.replay',
        remedy: 'Set training.replay above 0, or add a task that learns from what is new.',
      },
    );
  const entries = new Int32Array(length * 2);
  let at = 0;
  for (const { task, subjects, count } of parts)
    for (let drawn = epoch * count; drawn < (epoch + 1) * count; drawn++) {
      const times = Math.floor(drawn / subjects.length);
      entries[at++] = registry.indexOf(task) + registry.length * times;
      entries[at++] = subjects[drawn % subjects.length];
    }
  shufflePairs(entries, createRandom(seed, 'rows', epoch));
  return { source, registry, seed, epoch, entries, length };
}

/** All subjects; in a continued run those with something new, and the others. */
function partsOf(dataset: Dataset, every: Iterable<Subject>): { subjects: Int32Array; old: boolean }[] {
  const { continued, offsets, events } = dataset;
  const all = Int32Array.from(every);
  if (!continued) return [{ subjects: all, old: false }];
  const isNew = (subject: Subject) =>
    subject >= events.length
      ? subject - events.length >= continued.items
      : subject >= continued.learned[userOfEvent(offsets, subject)];
  return [
    { subjects: all.filter(isNew), old: false },
    { subjects: all.filter((subject) => !isNew(subject)), old: true },
  ];
}

export function plannedRow(plan: RowPlan, row: number): PlannedRow {
  if (!(row >= 0 && row < plan.length)) throw new RangeError(`row ${row} of a plan with ${plan.length} rows`);
  const drawn = plan.entries[row * 2];
  const subject = plan.entries[row * 2 + 1];
  const task = plan.registry[drawn % plan.registry.length];
  const random = () => createRandom(plan.seed, 'row', plan.epoch, task.name, subject, drawn);
  return { task, subject, random };
}

function checkedTasks(
  source: PromptSource,
  tasks: Partial<Record<TaskName, number>>,
  registry: readonly Task[],
): [task: Task, weight: number][] {
  const used: [task: Task, weight: number][] = [];
  for (const [name, weight = 0] of Object.entries(tasks)) {
    const task = registry.find((each) => each.name === name);
    if (!task)
      throw new UserError('prompts/unknown-task', `there is no task "${name}"`, {
        remedy: `Tasks are ${registry.map((each) => each.name).join(', ')}.`,
      });
    if (!(Number.isFinite(weight) && weight >= 0))
      throw new UserError('prompts/weight', `the task ${name} has the weight ${weight}; expected 0 or more`, {
        remedy: 'A weight is the share of the task’s rows used in an epoch: 1 = each row once.',
      });
    if (weight > 0) used.push([task, weight]);
  }
  checkNeeds(source.dataset, tasks, registry);
  if (used.length === 0)
    throw new UserError('prompts/no-tasks', 'no task has a weight above 0', {
      remedy: 'Give at least one task a weight, for example sequential-recommendation: 1.',
    });
  for (const [task] of used) checkLength(source, task);
  // The order of a recipe's lines must not matter.
  return used.sort(([left], [right]) => registry.indexOf(left) - registry.indexOf(right));
}

/** Better now than in the middle of training: every template must fit with one item and the shortest texts. */
function checkLength(source: PromptSource, task: Task): void {
  if (task.bareRows?.(source)) return;
  const texts = Object.fromEntries(Object.keys(task.values.texts).map((name) => [name, '-']));
  const briefest = { history: [0], item: 0, description: '-', texts, titleLength: 1 };
  const templates = source.templates.tasks[task.name];
  if (templates.length === 0)
    throw new UserError(
      'prompts/no-template',
      `the folder of templates has no file for the task ${task.name}`,
      {
        remedy: `Write ${task.name}.yaml in the folder that prompts.templates names.`,
      },
    );
  for (const template of templates) assemble(source, template, briefest);
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
