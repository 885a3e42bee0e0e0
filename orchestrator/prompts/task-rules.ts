import type { Placeholder, TaskName } from './types.ts';

/** Which placeholders the templates of a task may use, and what each must have. */
export interface TaskRule {
  prompt: readonly Placeholder[];
  response: readonly Placeholder[];
  /** What is wrong with a template that uses only allowed placeholders; null = nothing. */
  problem(prompt: ReadonlySet<Placeholder>, response: ReadonlySet<Placeholder>): string | null;
}

export const taskRules: Record<TaskName, TaskRule> = {
  'sequential-recommendation': {
    prompt: ['history'],
    response: ['item'],
    problem: (prompt, response) => lacks(prompt, 'prompt', 'history') ?? lacks(response, 'response', 'item'),
  },
  'item-to-index': {
    prompt: ['title', 'description'],
    response: ['item'],
    problem: (prompt, response) =>
      lacks(prompt, 'prompt', 'title', 'description') ?? lacks(response, 'response', 'item'),
  },
  'index-to-item': {
    prompt: ['item'],
    response: ['title', 'description'],
    problem: (prompt, response) =>
      lacks(prompt, 'prompt', 'item') ?? lacks(response, 'response', 'title', 'description'),
  },
  'fused-sequential-recommendation': {
    prompt: ['history', 'history_titles'],
    response: ['item', 'title', 'description'],
    problem: (prompt, response) =>
      lacks(prompt, 'prompt', 'history', 'history_titles') ??
      lacks(response, 'response', 'item', 'title', 'description') ??
      (response.has('item') === prompt.has('history')
        ? 'this task crosses over: a {history} of codes is answered with {title} or {description}, {history_titles} with {item}'
        : null),
  },
  'item-search': {
    prompt: ['query', 'history'],
    response: ['item'],
    problem: (prompt, response) => lacks(prompt, 'prompt', 'query') ?? lacks(response, 'response', 'item'),
  },
  preference: {
    prompt: ['history'],
    response: ['preference'],
    problem: (prompt, response) =>
      lacks(prompt, 'prompt', 'history') ?? lacks(response, 'response', 'preference'),
  },
};

function lacks(used: ReadonlySet<Placeholder>, part: string, ...oneOf: Placeholder[]): string | null {
  return oneOf.some((name) => used.has(name))
    ? null
    : `the ${part} has no ${oneOf.map((name) => `{${name}}`).join(' or ')}`;
}
