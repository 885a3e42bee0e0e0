import { historyBefore } from '../dataset/history-before.ts';
import type { Random } from '../shared/random.ts';
import { type Assembled, assemble, type Values } from './assemble.ts';
import { descriptionOf, longestTitle, titleOf } from './item-text.ts';
import type { PromptSource } from './prompt-source.ts';
import { renderUserRow, userOfEvent } from './render-user-row.ts';
import { type PlannedRow, plannedRow, type RowPlan } from './row-plan.ts';
import { itemOfSubject } from './subjects.ts';
import type { TaskName, Template, TrainingRow } from './types.ts';

/** Row `row` of a plan: always the same tokens for the same plan, whatever was rendered before. */
export function renderRow(plan: RowPlan, row: number): TrainingRow {
  return renderMeasuredRow(plan, row).row;
}

/** The same, and whether something had to be cut or shortened for maxLength. */
export function renderMeasuredRow(plan: RowPlan, row: number): { row: TrainingRow; cut: boolean } {
  const planned = plannedRow(plan, row);
  const { source } = plan;
  if (planned.task === 'sequential-recommendation' && source.layout === 'user')
    return renderUserRow(source, planned.subject, planned.random);
  return renderTextRow(source, planned);
}

function renderTextRow(source: PromptSource, planned: PlannedRow): { row: TrainingRow; cut: boolean } {
  const random = planned.random();
  const context = contextOf(source, planned, random);
  const template = drawTemplate(source, planned.task, context, random);
  const filled = assemble(source, template, valuesFor(source, template, context, random));
  return { row: toRow(planned.task, filled), cut: filled.cut };
}

/** A history and the item that comes after it, or an item alone. */
interface Context {
  history: Int32Array;
  item: number;
}

function contextOf(source: PromptSource, { task, subject }: PlannedRow, random: Random): Context {
  const { dataset, layout } = source;
  const item = itemOfSubject(dataset, subject);
  if (item !== null) return { history: new Int32Array(0), item };
  const start = dataset.offsets[userOfEvent(dataset.offsets, subject)];
  // The subject is a target in the layout `prefix`, else the last event of a user whose target is drawn anew each epoch.
  const drawn = layout === 'user' || task === 'preference';
  const target = drawn ? start + 1 + random.integer(subject - start) : subject;
  return { history: historyBefore(dataset, start, target), item: dataset.events[target] };
}

/** A template that fits: with a history where there is one, without {description} where the item has none. */
function drawTemplate(source: PromptSource, task: TaskName, context: Context, random: Random): Template {
  const all = source.templates.tasks[task];
  const hasDescription = descriptionOf(source.dataset.items[context.item]) !== '';
  const fitting = all.filter(({ uses }) => {
    if (task === 'item-search' && uses.has('history') !== context.history.length > 0) return false;
    return hasDescription || !uses.has('description');
  });
  const candidates = fitting.length > 0 ? fitting : all;
  return candidates[random.integer(candidates.length)];
}

function valuesFor(source: PromptSource, template: Template, context: Context, random: Random): Values {
  const { items } = source.dataset;
  const { uses } = template;
  const item = items[context.item];
  return {
    ...context,
    titleLength: longestTitle,
    description: uses.has('description') ? descriptionOf(item) || titleOf(item) : '',
    query: uses.has('query') ? source.terms().query(context.item, random) : '',
    preference: uses.has('preference') ? source.terms().preference(context.history) : '',
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
