import { z } from 'zod';

export const decodingSection = z.strictObject({
  engine: z
    .enum(['node', 'peft'])
    .default('node')
    .describe('what the evaluation ranks with: this process, or PyTorch, for models that need a GPU'),
  num_beams: z.int().min(1).max(10_000).default(20).describe('width of the beam search over item codes'),
  repeats: z
    .enum(['as-logged', 'free'])
    .default('as-logged')
    .describe(
      'as-logged: where people of the training log do not take items again (fewer than 1 event in 1,000), no list holds what the user has; free: whatever has the best score',
    ),
  constrained: z
    .boolean()
    .default(true)
    .describe('only codes of the catalogue are generated; false shows what that is worth'),
});
