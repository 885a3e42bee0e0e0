import { texts } from '../can-feed.ts';
import { contextOf, describedItems } from '../subjects.ts';
import { answersOnly, askedBy } from '../task-questions.ts';
import { lacks } from '../template-rule.ts';
import type { Task } from './task.ts';

/** From an item's code to its text: the way back of item-to-index. */
export const indexToItem: Task<'index-to-item', never> = {
  name: 'index-to-item',
  rule: {
    prompt: ['item'],
    response: ['title', 'description'],
    problem: (prompt, response) =>
      lacks(prompt, 'prompt', 'item') ?? lacks(response, 'response', 'title', 'description'),
  },
  needs: [texts],
  subjects: describedItems,
  values: { context: contextOf, texts: {} },
  question: askedBy((template) => answersOnly(template, 'title')),
};
