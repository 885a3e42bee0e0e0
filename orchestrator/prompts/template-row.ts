import type { CodeStream } from '../item-index/streams.ts';
import type { Random } from '../shared/random.ts';
import { type Assembled, assemble, type Values } from './assemble.ts';
import { descriptionOf, longestTitle, titleOf } from './item-text.ts';
import type { PromptSource } from './prompt-source.ts';
import type { Context, Subject } from './subjects.ts';
import type { TaskName } from './tasks/names.ts';
import type { MeasuredRow, Task } from './tasks/task.ts';
import type { Template, TrainingRow } from './types.ts';

/** A row about a subject by one of the task's templates. */
export function templateRow(source: PromptSource, task: Task, subject: Subject, random: Random): MeasuredRow {
  const context = task.values.context(source, subject, random);
  const template = drawTemplate(source, task, context, random);
  const values = valuesFor(source, task, template, context, random);
  const filled = assemble(source, template, { ...values, stream: drawStream(source, random) });
  return { row: toRow(task.name, filled), cut: filled.cut };
}

/** Which of an item's codes a row answers with; of an index with one there is nothing to draw. */
function drawStream({ streams }: PromptSource, random: Random): CodeStream | undefined {
  return streams.length > 1 ? streams[random.integer(streams.length)] : undefined;
}

/** A template that fits: one that suits the task's context, without {description} where the item has none. */
function drawTemplate(source: PromptSource, task: Task, context: Context, random: Random): Template {
  const all = source.templates.tasks[task.name];
  const hasDescription = descriptionOf(source.dataset.items[context.item]) !== '';
  const fitting = all.filter(
    (template) =>
      (task.values.suits?.(template, context, source) ?? true) &&
      (hasDescription || !template.uses.has('description')),
  );
  const candidates = fitting.length > 0 ? fitting : all;
  return candidates[random.integer(candidates.length)];
}

/** What the template asks for, and nothing else: making a text may take a draw. */
export function valuesFor(
  source: PromptSource,
  task: Task,
  { uses }: Template,
  context: Context,
  random: Random,
): Values {
  const item = source.dataset.items[context.item];
  const texts = Object.entries(task.values.texts)
    .filter(([name]) => uses.has(name))
    .map(([name, text]) => [name, text(source, context, random)]);
  return {
    ...context,
    titleLength: longestTitle,
    description: uses.has('description') ? descriptionOf(item) || titleOf(item) : '',
    texts: Object.fromEntries(texts),
  };
}

/** Learned where the response stands. */
export function toRow(task: TaskName, { prompt, response, codes }: Omit<Assembled, 'cut'>): TrainingRow {
  return {
    task,
    source: prompt,
    target: response,
    weights: new Float32Array(response.length).fill(1),
    summaries: codes.map(({ position, item }) => ({ position, item })),
  };
}
