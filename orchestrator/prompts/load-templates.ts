import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../shared/errors.ts';
import { writeFileAtomic } from '../storage/atomic-file.ts';
import { isThere } from '../storage/is-there.ts';
import { checkYaml, type YamlFile, type YamlProblem } from '../storage/yaml-file.ts';
import { names, parseTemplate, splitAtPlaceholders } from './parse-template.ts';
import { allTasks } from './tasks/index.ts';
import type { TaskName } from './tasks/names.ts';
import type { Task } from './tasks/task.ts';
import type { TemplateRule } from './template-rule.ts';
import type { PromptTemplates, Template, TemplatePart } from './types.ts';

// Trimmed: a block of YAML (`|`) ends with a line's end that nobody means.
const filled = z.string().trim().min(1, 'is empty');

const frameName = 'frame.yaml';

export type TemplateProblem = Pick<YamlProblem, 'place' | 'message'>;

/** A file of templates. */
export const templateFile = z.strictObject({
  templates: z
    .array(z.strictObject({ prompt: filled, response: filled }))
    .min(1, 'the list has no template; at least one is needed'),
});

const frameFile = z.strictObject({
  frame: filled,
  start_token: z.boolean().default(true),
  separators: z.strictObject({ codes: z.string(), titles: z.string() }),
  user_layout: z.strictObject({ prefix: z.string(), separator: z.string() }),
});

/**
 * Reads and checks a folder of prompt templates: `frame.yaml` and one file a task, by default each of them. A task that is
 * not needed may have none: a folder that was written before there was such a task stays whole.
 * Throws one UserError that lists every problem of every file with its line.
 */
export function loadTemplates(
  folder: string,
  { registry = allTasks, needed = registry }: { registry?: readonly Task[]; needed?: readonly Task[] } = {},
): PromptTemplates {
  if (!isThere(folder))
    throw new UserError('prompts/missing-folder', 'the folder of prompt templates is missing', {
      place: folder,
      remedy:
        'Set prompts.templates to the folder that holds frame.yaml and a file for each task that is trained.',
    });
  const problems: TemplateProblem[] = [];
  const frame = loadFrame(join(folder, frameName), problems);
  const tasks = Object.fromEntries(
    registry.map((task) => {
      const path = join(folder, fileName(task.name));
      const templates = needed.includes(task) || isThere(path) ? loadTask(task, path, problems) : [];
      if (frame?.frame.between === '')
        for (const template of templates)
          if (!meetAtCode(template)) problems.push({ place: path, message: noCodeBetween });
      return [task.name, templates];
    }),
  ) as Record<TaskName, Template[]>;
  if (problems.length > 0 || !frame) throw templatesError(folder, problems);
  return { ...frame, tasks };
}

const noCodeBetween =
  'prompt and response touch in this frame, so that one of them must have a code there: end the prompt with {history} or {item}, or begin the response with {item}';

/** No tokenizer joins what stands beside a code. */
function meetAtCode({ prompt, response }: Template): boolean {
  const isCode = (part: TemplatePart | undefined, names: readonly string[]) =>
    part !== undefined && 'placeholder' in part && names.includes(part.placeholder);
  return isCode(prompt.at(-1), ['history', 'item']) || isCode(response[0], ['item']);
}

/** Copies the files of a folder of templates that are there into another folder; other files are left out. */
export function copyTemplates(folder: string, target: string, registry: readonly Task[] = allTasks): void {
  const names = [frameName, ...registry.map(({ name }) => fileName(name))];
  for (const name of names.filter((each) => isThere(join(folder, each))))
    writeFileAtomic(join(target, name), readFileSync(join(folder, name)));
}

function fileName(task: TaskName): string {
  return `${task}.yaml`;
}

function loadFrame(path: string, problems: TemplateProblem[]): Omit<PromptTemplates, 'tasks'> | null {
  const file = checkYaml(path, frameFile);
  problems.push(...file.problems);
  if (!file.value) return null;
  const { frame, start_token, separators, user_layout } = file.value;
  const found = names(splitAtPlaceholders(frame)).join(' ');
  const report = (message: string) => problems.push({ place: file.placeOf(['frame']), message });
  if (found !== 'prompt response') {
    report(
      `the frame must hold {prompt} and then {response}, each once; it holds ${found ? found.replace(/\S+/g, '{$&}') : 'neither'}`,
    );
    return null;
  }
  const [before, between, after] = frame.split(/\{prompt\}|\{response\}/);
  if (after.trim() !== '') report(`nothing may follow {response}, it ends the row; found "${after.trim()}"`);
  // A tokenizer may join "Response: " and "The" in one token; it never does so across a line's end or a control token.
  if (!/^$|(^|\S)\n$|>$/.test(between))
    report(
      '{response} must stand on a line of its own, without a blank line above it, or follow {prompt} or a control token at once',
    );
  return { frame: { before, between }, startToken: start_token, separators, userLayout: user_layout };
}

function loadTask({ rule }: Task, path: string, problems: TemplateProblem[]): Template[] {
  const file = checkYaml(path, templateFile);
  problems.push(...file.problems);
  return checkedTemplates(rule, file, problems);
}

/** The templates of a file, taken apart by the rule of their task; what is wrong is added to `problems`. */
export function checkedTemplates(
  rule: TemplateRule,
  file: YamlFile<z.infer<typeof templateFile>>,
  problems: TemplateProblem[],
): Template[] {
  const seen = new Map<string, string>();
  return (file.value?.templates ?? []).map((source, at) => {
    const place = file.placeOf(['templates', at]);
    const text = `${source.prompt}\n${source.response}`.replace(/\s+/g, ' ').trim();
    const earlier = seen.get(text);
    if (earlier) problems.push({ place, message: `the same template stands at ${earlier} already` });
    else seen.set(text, place);
    return checkTemplate(rule, source, file, at, problems);
  });
}

function checkTemplate(
  rule: TemplateRule,
  source: { prompt: string; response: string },
  file: YamlFile<unknown>,
  at: number,
  problems: TemplateProblem[],
): Template {
  const parsed = parseTemplate(rule, source);
  for (const message of parsed.problems) {
    const part = /\bthe (response|prompt)\b/.exec(message)?.[1];
    problems.push({ place: file.placeOf(['templates', at, ...(part ? [part] : [])]), message });
  }
  return parsed.template;
}

export function templatesError(folder: string, problems: TemplateProblem[]): UserError {
  const remedy = `Each file's header in the folder prompts/ says what its templates may hold.`;
  const [first] = problems;
  if (problems.length === 1)
    return new UserError('prompts/templates', first.message, { place: first.place, remedy });
  const list = problems.map(({ place, message }) => `\n  ${place}: ${message}`).join('');
  return new UserError('prompts/templates', `has ${problems.length} problems:${list}`, {
    place: folder,
    remedy,
  });
}
