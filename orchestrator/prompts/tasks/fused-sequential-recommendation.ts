import { histories, texts } from '../can-feed.ts';
import { contextOf, targets } from '../subjects.ts';
import { answersOnly, askedBy } from '../task-questions.ts';
import { lacks } from '../template-rule.ts';
import type { Task } from './task.ts';

/** The next item, crossing from titles to a code, or from codes to words. */
export const fusedSequentialRecommendation: Task<'fused-sequential-recommendation', never> = {
  name: 'fused-sequential-recommendation',
  rule: {
    prompt: ['history', 'history_titles'],
    response: ['item', 'title', 'description'],
    problem: (prompt, response) =>
      lacks(prompt, 'prompt', 'history', 'history_titles') ??
      lacks(response, 'response', 'item', 'title', 'description') ??
      (response.has('item') === prompt.has('history')
        ? 'this task crosses over: a {history} of codes is answered with {title} or {description}, {history_titles} with {item}'
        : null),
  },
  needs: [histories, texts],
  subjects: targets,
  values: { context: contextOf, texts: {} },
  question: askedBy((template) => template.uses.has('history_titles') && answersOnly(template, 'item')),
};
