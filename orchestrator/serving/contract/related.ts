import { z } from 'zod';
import { itemCard, notes } from './items.ts';
import { limits } from './limits.ts';
import { where } from './rules.ts';

const k = z.int().min(1).max(limits.items);

export const similarBy = z
  .enum(['text', 'behaviour', 'both'])
  .describe('what the items are (their texts), how people use them, or the mean of both');

/** What the library is asked. */
export const similarOptions = z.strictObject({
  by: similarBy.default('both'),
  k: k.default(10),
  where: where.optional(),
});
export const togetherOptions = z.strictObject({ k: k.default(10), where: where.optional() });

/** In an address, conditions are one text of JSON. */
const whereText = z
  .string()
  .max(limits.text)
  .describe('conditions as JSON: {"category": "Tea", "price_max": 20}')
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({ code: 'custom', message: 'is not JSON' });
      return z.NEVER;
    }
  })
  .pipe(where);

const kText = z.coerce.number().int().min(1).max(limits.items).default(10);

/** GET /v1/items/{id}/similar and GET /v1/items/{id}/together */
export const similarQuery = z.object({
  by: similarBy.default('both'),
  k: kText,
  where: whereText.optional(),
});
export const togetherQuery = z.object({ k: kText, where: whereText.optional() });
export const itemPath = z.object({ id: z.string().min(1).max(limits.name).describe('item id') });

export const similarItem = itemCard.extend({
  similarity: z.number().describe('cosine of the two vectors, in [-1, 1]'),
});
export const togetherItem = itemCard.extend({
  similarity: z.number().describe('cosine of the two sets of users who took them, in [0, 1]'),
  users: z.int().describe('how many users of the training log took both'),
  lift: z
    .number()
    .describe('how many times as many took both as would have by chance: above 1, the two go together'),
});

export const similarItems = z.object({ item: itemCard, data: z.array(similarItem), notes });
export const togetherItems = z.object({ item: itemCard, data: z.array(togetherItem), notes });
const asList = { object: z.literal('list') };
export const similarAnswer = similarItems.extend(asList);
export const togetherAnswer = togetherItems.extend(asList);

export type SimilarOptions = z.input<typeof similarOptions>;
export type TogetherOptions = z.input<typeof togetherOptions>;
export type SimilarItems = z.infer<typeof similarItems>;
export type TogetherItems = z.infer<typeof togetherItems>;
