import { z } from 'zod';
import { itemCard, notes, recommendedItem } from './items.ts';
import { limits } from './limits.ts';

/** An item by its id or its whole title. */
export const itemName = z.string().min(1).max(limits.name);

/** POST /v1/recommendations */
export const recommendationRequest = z.strictObject({
  model: z.string().max(limits.name).optional().describe('name of the run; may be left out'),
  user: z.string().min(1).max(limits.name).optional().describe('id of a user in the log'),
  history: z.array(itemName).max(limits.history).optional().describe('item ids or titles, oldest first'),
  prompt: z
    .string()
    .min(1)
    .max(limits.text)
    .optional()
    .describe('a text: items that it names join the history, what else it wishes for is searched for'),
  exclude: z
    .array(itemName)
    .max(limits.exclude)
    .optional()
    .describe('item ids or titles that must not be recommended'),
  exclude_history: z
    .boolean()
    .optional()
    .describe(
      "leave the history's own items out, too; by default where the recipe says so (evaluation.exclude_history), or where nobody in the training log takes items again (decoding.seen_items)",
    ),
  k: z
    .int()
    .min(1)
    .max(limits.items)
    .optional()
    .describe('how many items; at most the beams of the run, and 10 by default'),
});

export type RecommendationRequest = z.input<typeof recommendationRequest>;

export const recommendation = z.object({
  history: z.array(itemCard).describe('what the recommendation starts from, oldest first'),
  query: z.string().nullable().describe('the wish that was searched for, where there is one'),
  items: z
    .array(recommendedItem)
    .describe('items whose texts match the wish, best first, then others, best first'),
  notes,
});

export type Recommendation = z.infer<typeof recommendation>;

export const recommendationAnswer = recommendation.extend({
  object: z.literal('recommendation'),
  model: z.string(),
});

export type RecommendationAnswer = z.infer<typeof recommendationAnswer>;
