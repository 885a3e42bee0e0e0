import { UserError } from '../shared/errors.ts';
import { assemble, type Values } from './assemble.ts';
import { latestItems } from './item-row.ts';
import { longestTitle, plainText, shorten } from './item-text.ts';
import { itemsPerUserRow, type PromptSource } from './prompt-source.ts';
import { userContext } from './render-user-row.ts';
import type { Template } from './types.ts';

const longestQuery = 300;

/**
 * What decoding feeds before the code of the next item: the same tokens that stand before a target in training.
 * `history` holds item numbers, oldest first; its latest items are used, as many as historyLimit and maxLength allow.
 * `user` is the id of whose history it is, if known; `template` the number of the prompt in the layout `prefix` (the first
 * by default, as LC-Rec evaluates).
 */
export function recommendationPrompt(
  source: PromptSource,
  history: ArrayLike<number>,
  { user, template = 0 }: { user?: string | undefined; template?: number } = {},
): Int32Array {
  const latest = checkedHistory(source, history);
  if (latest.length === 0)
    throw new UserError('prompts/empty-history', 'a recommendation needs a history of at least one item', {
      remedy: 'Give one item or more that the user bought, or describe what the user is looking for.',
    });
  if (source.layout === 'items') return latestItems(source, latest);
  if (source.layout === 'user') {
    const fitting = Math.min(latest.length, itemsPerUserRow(source) - 1);
    return userContext(source, latest.slice(latest.length - fitting), true);
  }
  const templates = source.templates.tasks['sequential-recommendation'];
  if (!templates[template]) throw new RangeError(`template ${template} of ${templates.length}`);
  return assemble(source, templates[template], { ...valuesOf(latest), user }).prompt;
}

/** What decoding feeds before the code of the item that answers a query, with or without a history. */
export function searchPrompt(
  source: PromptSource,
  query: string,
  history: ArrayLike<number> = [],
): Int32Array {
  if (source.layout === 'items')
    throw new UserError('prompts/reads-no-texts', 'the model of this run reads items and no texts', {
      remedy:
        'Give a history alone, or serve a run whose model reads texts (prompts.layout: user or prefix).',
    });
  const latest = checkedHistory(source, history);
  const text = shorten(plainText(query), longestQuery);
  if (text === '')
    throw new UserError('prompts/empty-query', 'the search text is empty', {
      remedy: 'Describe in a few words what the user is looking for.',
    });
  const templates = source.templates.tasks['item-search'];
  const usesHistory = ({ uses }: Template) => uses.has('history');
  const fitting = templates.find((template) => usesHistory(template) === latest.length > 0);
  const template = fitting ?? templates.find((other) => !usesHistory(other));
  if (templates.length === 0)
    throw new UserError('prompts/no-template', 'the run has no templates for item-search', {
      remedy: 'Recommend by a history alone, or train with item-search.yaml in the folder of templates.',
    });
  if (!template)
    throw new UserError(
      'prompts/no-template',
      'each template of item-search needs a history, and none is given',
      {
        remedy: 'Give a history, or add a template with {query} alone to item-search.yaml.',
      },
    );
  return assemble(source, template, valuesOf(latest, { query: text })).prompt;
}

function checkedHistory(source: PromptSource, history: ArrayLike<number>): number[] {
  const { items, historyLimit } = source.dataset;
  const unknown = Array.from(history).find((item) => !(Number.isInteger(item) && items[item] !== undefined));
  if (unknown !== undefined)
    throw new RangeError(`item number ${unknown} of a catalogue with ${items.length} items`);
  return Array.from(history).slice(-historyLimit);
}

/** Any item serves for the response: only its length counts, and all codes have the same. */
function valuesOf(history: number[], texts: Values['texts'] = {}): Values {
  return { history, item: 0, description: '', texts, titleLength: longestTitle };
}
