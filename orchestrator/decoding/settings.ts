import { z } from 'zod';

/** How lists of items are generated, and by what. */
export const decodingSettings = z.strictObject({
  engine: z
    .enum(['node', 'peft'])
    .default('node')
    .describe('what the evaluation ranks with: this process, or PyTorch, for models that need a GPU'),
  num_beams: z.int().min(1).max(10_000).default(20).describe('width of the beam search over item codes'),
  seen_items: z
    .enum(['as-logged', 'allowed'])
    .default('as-logged')
    .describe(
      'as-logged: no list holds what the user has where people of the training log do not take items again (fewer than 1 in 1,000 of 1,000 events or more); allowed: lists follow the scores alone; training is the same',
    ),
  constrained: z
    .boolean()
    .default(true)
    .describe('only codes of the catalogue are generated; false shows what that is worth'),
});

export type DecodingSettings = z.infer<typeof decodingSettings>;
