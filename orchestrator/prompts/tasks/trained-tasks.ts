import { allTasks } from './index.ts';
import type { TaskName } from './names.ts';
import type { Task } from './task.ts';

/** The tasks that any of these parts trains: those with a weight, in the order of all tasks. */
export function trainedTasks(parts: readonly { tasks: Partial<Record<TaskName, number>> }[]): Task[] {
  return allTasks.filter(({ name }) => parts.some(({ tasks }) => tasks[name]));
}
