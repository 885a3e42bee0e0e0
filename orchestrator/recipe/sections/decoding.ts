import { z } from 'zod';

export const decodingSection = z.strictObject({
  engine: z
    .enum(['node', 'peft'])
    .default('node')
    .describe('what the evaluation ranks with: this process, or PyTorch, for models that need a GPU'),
  num_beams: z.int().min(1).max(10_000).default(20).describe('width of the beam search over item codes'),
  constrained: z
    .boolean()
    .default(true)
    .describe('only codes of the catalogue are generated; false shows what that is worth'),
});
