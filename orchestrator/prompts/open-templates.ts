import { UserError } from '../shared/errors.ts';
import { loadTemplates } from './load-templates.ts';
import { loadOwnTasks } from './own-tasks.ts';
import type { PromptsSettings } from './settings.ts';
import { allTasks } from './tasks/index.ts';
import type { Task } from './tasks/task.ts';
import { tasksWithTemplates, type trainedTasks } from './tasks/trained-tasks.ts';
import type { PromptTemplates } from './types.ts';

export interface OpenedTemplates {
  templates: PromptTemplates;
  /** Every task that there are templates for or could be: those of eager-llm, then the user's own. */
  registry: readonly Task[];
}

/** The templates that a recipe names, checked, with the tasks of its own. Throws a UserError where one that is trained is missing. */
export function openTemplates(
  { templates: folder, own_tasks }: Pick<PromptsSettings, 'templates' | 'own_tasks'>,
  parts: Parameters<typeof trainedTasks>[0],
): OpenedTemplates {
  const own = own_tasks === null ? [] : loadOwnTasks(own_tasks);
  const registry = [...allTasks, ...own.map(({ task }) => task)];
  const lacking = parts
    .flatMap(({ tasks }) => Object.keys(tasks))
    .find((name) => !registry.some((task) => task.name === name));
  if (lacking !== undefined)
    throw new UserError('prompts/no-own-task', `there is no file ${lacking}.yaml for the task ${lacking}`, {
      ...(own_tasks === null ? {} : { place: own_tasks }),
      remedy: 'Write it into the folder that prompts.own_tasks names, or leave the task out of training.',
    });
  const templates = loadTemplates(folder, { needed: tasksWithTemplates(parts) });
  const ofOwn = own.map(({ task, templates: each }) => [task.name, each]);
  return {
    registry,
    templates: { ...templates, tasks: { ...templates.tasks, ...Object.fromEntries(ofOwn) } },
  };
}
