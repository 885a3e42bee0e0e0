import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from '../storage/atomic-file.ts';
import { checkYaml } from '../storage/yaml-file.ts';
import { checkedTemplates, type TemplateProblem, templateFile, templatesError } from './load-templates.ts';
import { ownTaskFiles } from './own-task-files.ts';
import { names, splitAtPlaceholders } from './parse-template.ts';
import type { OwnTaskName } from './tasks/names.ts';
import { ownRule, ownTask } from './tasks/own-task.ts';
import type { Task } from './tasks/task.ts';
import type { Template } from './types.ts';

const ownTaskFile = templateFile.extend({
  /** What its rows are about, and its questions: items, or what users took next. */
  about: z.enum(['item', 'next-item']),
});

/**
 * The tasks of the user's in a folder, `own-NAME.yaml` each, in the order of their names, with their templates.
 * Throws one UserError that lists every problem of every file with its line.
 */
export function loadOwnTasks(folder: string): { task: Task; templates: Template[] }[] {
  const problems: TemplateProblem[] = [];
  const loaded = ownTaskFiles(folder).flatMap(({ name, path }) => loadOwnTask(name, path, problems) ?? []);
  if (problems.length > 0) throw templatesError(folder, problems);
  return loaded;
}

/** Copies them into another folder, so that a finished run goes on asking as it was trained to. */
export function copyOwnTasks(folder: string | null, target: string): void {
  for (const { path } of ownTaskFiles(folder))
    writeFileAtomic(join(target, basename(path)), readFileSync(path));
}

function loadOwnTask(
  name: OwnTaskName,
  path: string,
  problems: TemplateProblem[],
): { task: Task; templates: Template[] } | null {
  const file = checkYaml(path, ownTaskFile);
  problems.push(...file.problems);
  if (!file.value) return null;
  const { about } = file.value;
  const used = file.value.templates.flatMap(({ prompt, response }) =>
    names([...splitAtPlaceholders(prompt), ...splitAtPlaceholders(response)]),
  );
  const rule = ownRule(about, used);
  const templates = checkedTemplates(rule, file, problems);
  return { task: ownTask(name, about, rule, templates), templates };
}
