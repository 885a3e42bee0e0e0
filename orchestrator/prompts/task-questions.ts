import type { EvaluationCase } from '../dataset/types.ts';
import { createRandom } from '../shared/random.ts';
import { assemble, piecesOf } from './assemble.ts';
import { hasText } from './item-text.ts';
import type { PromptSource } from './prompt-source.ts';
import type { Task, TaskQuestion } from './tasks/task.ts';
import { toRow, valuesFor } from './template-row.ts';
import type { Template, TrainingRow } from './types.ts';

/**
 * Questions of a task, one a case: about what a user took next, or, for tasks about items, about that item. Queries and
 * preferences are the made-up ones of training. Cases that the task cannot ask about are passed over.
 */
export function taskQuestions(
  source: PromptSource,
  task: Task,
  cases: readonly EvaluationCase[],
  seed: number,
): TaskQuestion[] {
  return cases.flatMap((about) => task.question(source, task, about, seed) ?? []);
}

/**
 * The same as rows, learned where the answer stands: what a loss on them says was never trained on, as far as histories
 * go. Items and their texts are those of training.
 */
export function validationRows(...asked: Parameters<typeof taskQuestions>): TrainingRow[] {
  return taskQuestions(...asked).map(({ row }) => row);
}

/** The question of a task that asks by the first of its templates that is chosen, about items that have a text. */
export function askedBy(chosen: (template: Template) => boolean): Task['question'] {
  return (source, task, { history, target }, seed) => {
    const template = source.templates.tasks[task.name].find(chosen);
    if (!template || !hasText(source.dataset.items[target])) return null;
    const random = createRandom(seed, 'question', target);
    const [first, ...others] = source.streams;
    const values = {
      ...valuesFor(source, task, template, { history, item: target }, random),
      stream: others.length > 0 ? first : undefined,
    };
    const assembled = assemble(source, template, values);
    // Of the values as they were, not as they had to be shortened.
    const answer = piecesOf(source, template.response, values);
    return {
      prompt: assembled.prompt,
      row: toRow(task.name, assembled),
      answer: answer.some((piece) => typeof piece === 'number')
        ? { item: target }
        : { text: answer.join('') },
    };
  };
}

/** Whether the answer is this one thing and nothing else. */
export function answersOnly({ response }: Template, placeholder: string): boolean {
  const [only] = response;
  return response.length === 1 && 'placeholder' in only && only.placeholder === placeholder;
}
