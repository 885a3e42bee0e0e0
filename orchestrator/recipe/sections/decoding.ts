import { z } from 'zod';

export const decodingSection = z.strictObject({
  num_beams: z.int().min(1).max(10_000).default(20).describe('width of the beam search over item codes'),
});
