import { histories, texts } from '../can-feed.ts';
import { beforeDrawnTarget, lastTargets } from '../subjects.ts';
import { askedBy } from '../task-questions.ts';
import { lacks } from '../template-rule.ts';
import type { Task } from './task.ts';

/** From the codes of a history to a sentence about what this user likes. */
export const preference: Task<'preference', 'preference'> = {
  name: 'preference',
  rule: {
    prompt: ['history'],
    response: ['preference'],
    problem: (prompt, response) =>
      lacks(prompt, 'prompt', 'history') ?? lacks(response, 'response', 'preference'),
  },
  needs: [histories, texts],
  subjects: ({ dataset }) => lastTargets(dataset),
  values: {
    context: beforeDrawnTarget,
    texts: { preference: (source, { history }) => source.terms().preference(history) },
  },
  question: askedBy((template) => template.uses.has('preference')),
};
