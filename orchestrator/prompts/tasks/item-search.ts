import { texts } from '../can-feed.ts';
import type { PromptSource } from '../prompt-source.ts';
import { contextOf, describedItems, type Subject, targets } from '../subjects.ts';
import { answersOnly, askedBy } from '../task-questions.ts';
import { lacks } from '../template-rule.ts';
import type { Task } from './task.ts';

/** From a query, alone or with a history, to the code of the item that was meant. */
export const itemSearch: Task<'item-search', 'query'> = {
  name: 'item-search',
  rule: {
    prompt: ['query', 'history'],
    response: ['item'],
    codeFirst: true,
    problem: (prompt, response) => lacks(prompt, 'prompt', 'query') ?? lacks(response, 'response', 'item'),
  },
  needs: [texts],
  subjects: searched,
  values: {
    context: contextOf,
    suits: ({ uses }, { history }) => uses.has('history') === history.length > 0,
    texts: { query: (source, { item }, random) => source.terms().query(item, random) },
  },
  question: askedBy((template) => !template.uses.has('history') && answersOnly(template, 'item')),
};

/** Items for templates with a query alone, targets for templates with a history too. */
function* searched(source: PromptSource): Iterable<Subject> {
  const withHistory = source.templates.tasks['item-search'].map(({ uses }) => uses.has('history'));
  if (withHistory.includes(false)) yield* describedItems(source);
  if (withHistory.includes(true)) yield* targets(source);
}
