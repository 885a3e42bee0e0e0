import { texts } from '../can-feed.ts';
import { contextOf, describedItems } from '../subjects.ts';
import { answersOnly, askedBy } from '../task-questions.ts';
import { lacks } from '../template-rule.ts';
import type { Task } from './task.ts';

/** From an item's text to its code: ties the new tokens to words. */
export const itemToIndex: Task<'item-to-index', never> = {
  name: 'item-to-index',
  rule: {
    prompt: ['title', 'description'],
    response: ['item'],
    codeFirst: true,
    problem: (prompt, response) =>
      lacks(prompt, 'prompt', 'title', 'description') ?? lacks(response, 'response', 'item'),
  },
  needs: [texts],
  subjects: describedItems,
  values: { context: contextOf, texts: {} },
  question: askedBy((template) => answersOnly(template, 'item')),
};
