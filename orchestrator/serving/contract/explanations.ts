import { z } from 'zod';
import { itemCard, notes } from './items.ts';
import { limits } from './limits.ts';
import { itemName } from './recommendations.ts';

/** POST /v1/explanations: why an item stands near a history. */
export const explanationRequest = z.strictObject({
  item: itemName,
  history: z.array(itemName).max(limits.history).default([]),
  words: z
    .array(z.string().min(1).max(limits.name))
    .max(limits.values)
    .optional()
    .describe('words that the item was found by, from its `why`: the answer says where it holds them'),
});

export const neighbour = itemCard.extend({
  similarity: z.number().describe('cosine of the two vectors, in [-1, 1]'),
});

export const heldWord = z.object({
  word: z.string(),
  fields: z
    .array(z.enum(['title', 'brand', 'category', 'description']))
    .describe('empty where it is known by another name only'),
});

export const codeDigit = z.object({
  token: z.string().describe('<a_12>'),
  source: z
    .enum(['semantic', 'behaviour', 'joined', 'identity'])
    .nullable()
    .describe(
      'what the digit was made from: what the item is, how people use it, both, or only to tell items apart',
    ),
  branch_items: z.int().describe('items of the catalogue whose codes begin with all digits up to this one'),
  shared_with: z.array(itemCard).describe('items of the history whose codes do'),
});

export const explanation = z.object({
  item: itemCard,
  cold: z
    .literal(true)
    .optional()
    .describe('nobody took it in the training log: it stands in lists by its texts (decoding.cold_items)'),
  code: z.array(codeDigit),
  behaviour: z.array(neighbour).describe('items of the history that people use most like it, nearest first'),
  meaning: z
    .array(neighbour)
    .describe('items of the history whose texts are most like its own, nearest first'),
  held: z.array(heldWord).optional().describe('where the item holds the words that were asked about'),
  notes,
});

export type ExplanationRequest = z.input<typeof explanationRequest>;
export type Neighbour = z.infer<typeof neighbour>;
export type HeldWord = z.infer<typeof heldWord>;
export type CodeDigit = z.infer<typeof codeDigit>;
export type Explanation = z.infer<typeof explanation>;
