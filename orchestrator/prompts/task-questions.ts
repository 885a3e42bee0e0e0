import type { EvaluationCase } from '../dataset/types.ts';
import { createRandom } from '../shared/random.ts';
import { assemble, type Values } from './assemble.ts';
import { descriptionOf, hasText, longestTitle, titleOf } from './item-text.ts';
import type { PromptSource } from './prompt-source.ts';
import { toRow } from './render-row.ts';
import type { TaskName, Template, TrainingRow } from './types.ts';

/** A prompt of a task, and what the right answer is: the code of an item, or a text. */
export interface TaskQuestion {
  prompt: Int32Array;
  /** Prompt and right answer, as training would show them. */
  row: TrainingRow;
  answer: { item: number } | { text: string };
}

/**
 * Questions of a task, one a case, by the first of its templates that fits: about what a user took next, or, for tasks
 * about items, about that item. Queries and preferences are the made-up ones of training. Cases without texts to ask
 * about are passed over.
 */
export function taskQuestions(
  source: PromptSource,
  task: Exclude<TaskName, 'sequential-recommendation'>,
  cases: readonly EvaluationCase[],
  seed: number,
): TaskQuestion[] {
  const template = source.templates.tasks[task].find(askable[task]);
  if (!template) return [];
  const { items } = source.dataset;
  return cases
    .filter(({ target }) => hasText(items[target]))
    .map(({ history, target }) => {
      const values: Values = {
        history,
        item: target,
        titleLength: longestTitle,
        description: template.uses.has('description')
          ? descriptionOf(items[target]) || titleOf(items[target])
          : '',
        query: template.uses.has('query')
          ? source.terms().query(target, createRandom(seed, 'question', target))
          : '',
        preference: template.uses.has('preference') ? source.terms().preference(history) : '',
      };
      const assembled = assemble(source, template, values);
      return {
        prompt: assembled.prompt,
        row: toRow(task, assembled),
        answer: answerOf(template, values, titleOf(items[target])),
      };
    });
}

const answersOnly = (template: Template, placeholder: string) =>
  template.response.length === 1 &&
  'placeholder' in template.response[0] &&
  template.response[0].placeholder === placeholder;

/** Which template of a task is asked by: one whose answer is a single thing. */
const askable: Record<Exclude<TaskName, 'sequential-recommendation'>, (template: Template) => boolean> = {
  'item-to-index': (template) => answersOnly(template, 'item'),
  'index-to-item': (template) => answersOnly(template, 'title'),
  'fused-sequential-recommendation': (template) =>
    template.uses.has('history_titles') && answersOnly(template, 'item'),
  'item-search': (template) => !template.uses.has('history') && answersOnly(template, 'item'),
  preference: (template) => template.uses.has('preference'),
};

function answerOf(template: Template, { item, preference }: Values, title: string): TaskQuestion['answer'] {
  if (template.response.some((part) => 'placeholder' in part && part.placeholder === 'item')) return { item };
  const text = template.response
    .map((part) => ('text' in part ? part.text : part.placeholder === 'title' ? title : preference))
    .join('');
  return { text };
}
