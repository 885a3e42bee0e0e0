import { z } from 'zod';
import { itemCard, notes, recommendedItem } from './items.ts';
import { limits } from './limits.ts';
import { boost, diversity, where } from './rules.ts';
import { understood } from './understood.ts';

/** An item by its id or its whole title. */
export const itemName = z.string().min(1).max(limits.name);

/** Names a part of what was understood. */
export const removedKey = z.string().min(1).max(limits.name);

/** POST /v1/recommendations */
export const recommendationRequest = z.strictObject({
  model: z.string().max(limits.name).optional().describe('name of the run; may be left out'),
  user: z
    .string()
    .min(1)
    .max(limits.name)
    .optional()
    .describe('id of a user in the log, all of whose events count'),
  history: z
    .array(itemName)
    .max(limits.history)
    .optional()
    .describe('item ids or titles, oldest first; with a user, what came after the events of the log'),
  prompt: z
    .string()
    .min(1)
    .max(limits.text)
    .optional()
    .describe(
      'a text, read as a chat is: what it wishes for is searched for, items that the person has join the history, and what it rules out comes in no list',
    ),
  removed: z
    .array(removedKey)
    .max(limits.removed)
    .optional()
    .describe('keys of parts that are not meant, from `understood.parts` of an earlier answer'),
  exclude: z
    .array(itemName)
    .max(limits.exclude)
    .optional()
    .describe('item ids or titles that must not be recommended'),
  exclude_history: z
    .union([z.boolean(), z.literal('auto')])
    .optional()
    .describe(
      "leave the history's own items out, too; auto: only those that people do not take again, by what the training log says of their category, and those taken too short a time ago; by default where the recipe says so (evaluation.exclude_history), or where nobody in the training log takes items again (decoding.seen_items)",
    ),
  k: z.int().min(1).max(limits.items).optional().describe('how many items; 10 by default'),
  where: where.optional(),
  boost: boost.optional(),
  diversity: diversity.optional(),
  fallback: z
    .enum(['popular', 'error'])
    .optional()
    .describe(
      'what a customer gets of whom nothing is known: popular items, or an error; by default popular items where a user or a history is given, and an error for an unknown user',
    ),
  strict: z
    .boolean()
    .optional()
    .describe('refuse unknown or unavailable items of history and exclude, which are skipped by default'),
});

export type RecommendationRequest = z.input<typeof recommendationRequest>;

export const recommendation = z.object({
  history: z.array(itemCard).describe('what the recommendation starts from, oldest first'),
  query: z.string().nullable().describe('the wish that was searched for, where there is one'),
  items: z
    .array(recommendedItem)
    .describe('items that fit what was asked for, best first, then others, best first'),
  ignored: z
    .array(z.string())
    .optional()
    .describe('names in history and exclude that were skipped: unknown or unavailable items'),
  fallback: z
    .literal('popular')
    .optional()
    .describe('where nothing is known of the customer: what is popular at the end of the log'),
  understood: understood.optional().describe('what a text was understood as'),
  notes,
});

export type Recommendation = z.infer<typeof recommendation>;

export const recommendationAnswer = recommendation.extend({
  object: z.literal('recommendation'),
  model: z.string(),
});

export type RecommendationAnswer = z.infer<typeof recommendationAnswer>;
