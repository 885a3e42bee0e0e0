import { z } from 'zod';

const weight = z.number().min(0).max(1000).default(1);

/** Losses of an EAGER beside that of its codes. */
export const eagerLossSettings = z.strictObject({
  contrast: z
    .enum(['smooth-l1', 'info-nce'])
    .default('smooth-l1')
    .describe(
      "how the summary of a code is brought to the item's own vector of that source: near it (the paper), or nearer to it than to others (the public code)",
    ),
  contrast_weight: z
    .strictObject({
      behaviour: weight.describe('of the behaviour stream'),
      semantic: weight.describe('of the semantic stream (the public code: 10)'),
    })
    .prefault({})
    .describe('weights of this global contrastive task'),
  contrast_temperature: z
    .number()
    .positive()
    .max(100)
    .default(0.3)
    .describe('contrast: info-nce: cosines are divided by this'),
  contrast_negatives: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(2048)
    .describe('contrast: info-nce: number of sampled items'),
  reconstruction_weight: weight.describe(
    'semantic-guided transfer task: masked nodes of the behaviour code are restored from the semantic summary',
  ),
  recognition_weight: weight.describe(
    'semantic-guided transfer task: behaviour codes that fit the semantic summary are told from those with replaced nodes',
  ),
});

export type EagerLossSettings = z.infer<typeof eagerLossSettings>;
