import { allTasks } from './index.ts';
import type { TaskName } from './names.ts';
import { sequentialRecommendation } from './sequential-recommendation.ts';
import type { Task } from './task.ts';

/** The tasks that any of these parts trains: those with a weight, in the order of all tasks; `registry` with those of the user's. */
export function trainedTasks(
  parts: readonly { tasks: Partial<Record<TaskName, number>> }[],
  registry: readonly Task[] = allTasks,
): Task[] {
  return registry.filter(({ name }) => parts.some(({ tasks }) => tasks[name]));
}

/** The tasks whose templates are needed: those trained, and the one whose words ask for recommendations. */
export function tasksWithTemplates(parts: Parameters<typeof trainedTasks>[0]): Task[] {
  const trained = trainedTasks(parts);
  return allTasks.filter((task) => task === sequentialRecommendation || trained.includes(task));
}
