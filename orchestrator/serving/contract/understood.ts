import { z } from 'zod';
import { intent } from '../../understanding/intent.ts';

/** A part of what was understood: to be shown, and to be taken away by its key. */
export const part = z.object({
  key: z.string().describe('stable over the turns; `removed` takes it'),
  kind: z.enum([
    'wish',
    'brand',
    'without',
    'limit',
    'order',
    'count',
    'had',
    'liked',
    'question',
    'mended',
    'unknown',
    'unread',
  ]),
  text: z.string().describe('for people: "not squeaky", "under 50 €"'),
  guessed: z
    .boolean()
    .optional()
    .describe('nobody said it: a number that was guessed, or what follows from what was said'),
  aside: z
    .boolean()
    .optional()
    .describe('it could not be applied: prices are unknown, nothing else is cheaper'),
});

/** What a text or a conversation was understood as. */
export const understood = z.object({
  parts: z.array(part),
  intent,
  says: z
    .array(z.string())
    .describe('in words: what was understood, what does not fit, what is not known; answers to questions'),
});

export type Understood = z.infer<typeof understood>;
