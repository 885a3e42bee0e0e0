import { z } from 'zod';
import { understood } from './understood.ts';

export const itemCard = z.object({
  item_id: z.string(),
  title: z.string(),
  brand: z.string().optional().describe('where the data have one'),
  categories: z.array(z.string()).optional().describe('from general to special, where the data have some'),
  attributes: z
    .record(z.string(), z.union([z.string(), z.number(), z.array(z.string())]))
    .optional()
    .describe('price, stock, image, url and further columns of the data, where there are some'),
});

export type ItemCard = z.infer<typeof itemCard>;

/** Notes of an answer besides its items. */
export const notes = z
  .array(z.string())
  .optional()
  .describe('what has to be said about the request: which of several items with one title was taken');

/** Why an item stands in an answer. */
export const why = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('words'),
      words: z.array(z.string()).describe('words of the wish that the item holds'),
    }),
    z.object({ kind: z.literal('meaning') }),
    z.object({ kind: z.literal('near') }),
    z.object({ kind: z.literal('follows'), item: itemCard.describe('an item of the history') }),
    z.object({ kind: z.literal('again') }),
    z.object({ kind: z.literal('often-next') }),
    z.object({ kind: z.literal('popular') }),
    z.object({ kind: z.literal('listed') }),
  ])
  .describe(
    'why it is there: words that match, its meaning, that it is near to what nothing fits, an item of the history that it goes with, that it was had before, what is often taken next, popular, or asked about',
  );

export type Why = z.infer<typeof why>;

export const recommendedItem = itemCard.extend({
  score: z
    .number()
    .describe(
      'log p(code | prompt); in a list that is ranked anew (decoding.fusion), the log of about how likely the item comes next; of a popular item, the log of its share of the latest events',
    ),
  boost: z.number().optional().describe('the factor of its boosts, where there are some'),
  cold: z
    .literal(true)
    .optional()
    .describe(
      'nobody took it in the training log, and it stands here by its texts (decoding.cold_items); its score is the log of the probability that the behaviour encoder gives it, with that of its code where both count, or what ranks lists anew gives it (decoding.fusion)',
    ),
  matched: z.boolean().describe('does it fit what was asked for in words?'),
  why: why.optional().describe('not in lists of a run without vectors of its items'),
  wish: z.int().min(0).optional().describe('which of several wishes it answers, from 0'),
  code: z.array(z.string()).describe('the tokens of the item, <a_12> for digit 12 of level 0'),
});

export type RecommendedItem = z.infer<typeof recommendedItem>;

export const itemMatch = itemCard.extend({
  score: z.number().describe('of the text search: higher is closer; only for ordering'),
});

/** GET /v1/items?query=…&limit=… */
export const itemsQuery = z.object({
  query: z
    .string()
    .min(1)
    .max(200)
    .describe('the beginning of a title, an item id, or words; typing errors are fine'),
  limit: z.coerce.number().int().min(1).max(50).default(10),
});

export const itemsAnswer = z.object({ object: z.literal('list'), data: z.array(itemMatch) });

/** GET /v1/search?query=…&limit=… */
export const searchQuery = z.object({
  query: z
    .string()
    .min(1)
    .max(200)
    .describe('what stands in a search field, finished or not: "a dog toy under 20, but not squeaky"'),
  limit: z.coerce.number().int().min(1).max(200).default(24),
});

export const foundItems = z.object({
  count: z.int().describe('how many items were found; `data` has the first of them'),
  data: z.array(itemCard).describe('best first; what is sold out is last, unless the text asks for an order'),
  understood: understood
    .nullable()
    .describe(
      'what the text was understood as, as in chat; null where items were found by what was typed so far',
    ),
});

export const searchAnswer = foundItems.extend({ object: z.literal('list') });

/** GET /v1/items/{id} */
export const itemDetails = itemCard.extend({
  object: z.literal('item'),
  description: z.string().describe('empty where the data have none'),
  keywords: z.array(z.string()),
});

export type FoundItems = z.infer<typeof foundItems>;
export type ItemDetails = z.infer<typeof itemDetails>;
export type ItemMatch = z.infer<typeof itemMatch>;
export type ItemsAnswer = z.infer<typeof itemsAnswer>;
