import type { Dataset } from '../dataset/types.ts';
import { UserError } from '../shared/errors.ts';
import { canFeed } from './can-feed.ts';
import type { TaskName } from './tasks/names.ts';
import type { Task } from './tasks/task.ts';

/** Throws a UserError for a task with a weight above 0 that the data cannot feed. */
export function checkNeeds(
  dataset: Dataset,
  tasks: Partial<Record<TaskName, number>>,
  registry: readonly Task[],
): void {
  for (const task of registry) {
    const reason = (tasks[task.name] ?? 0) > 0 ? canFeed(task, dataset) : null;
    if (reason)
      throw new UserError('prompts/cannot-feed', `the data cannot feed the task ${task.name}: ${reason}`, {
        remedy: `Leave ${task.name} out of the stage's tasks, or use data that has what it needs.`,
      });
  }
}
