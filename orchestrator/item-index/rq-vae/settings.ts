import { z } from 'zod';

/** How codes are gathered in clusters: of one size, or of sizes between bounds. */
const clusterKinds = ['balanced', 'bounded'] as const;

/** How an RQ-VAE is built and trained; the defaults are a small one, which a few hundred updates on a processor train. */
export const rqVaeSettings = z.strictObject({
  hidden: z
    .array(z.int().min(1).max(16_384))
    .max(12)
    .default([256, 128])
    .describe(
      "widths of the encoder's hidden layers, the decoder has them in reverse; published: [512, 256, 128] (TIGER), [2048, 1024, 512, 256, 128, 64] (LC-Rec, LETTER)",
    ),
  latent: z
    .int()
    .min(1)
    .max(4096)
    .default(32)
    .describe('width of what is quantised; with collaborative_weight that of the behaviour vectors'),
  epochs: z
    .union([z.literal('auto'), z.int().min(1).max(100_000)])
    .default('auto')
    .describe(
      'passes over all items; auto = 300 to 1,500 updates; published: 10,000 (LC-Rec), 20,000 (LETTER)',
    ),
  batch_size: z.int().min(2).max(65_536).default(1024).describe('items per update'),
  learning_rate: z
    .number()
    .positive()
    .max(1)
    .default(0.003)
    .describe('peak step size of AdamW; published: 0.001'),
  lr_scheduler: z
    .enum(['constant', 'linear', 'cosine'])
    .default('linear')
    .describe('decay of the step size after the warm-up'),
  warmup_ratio: z.number().min(0).lt(1).default(0.02).describe('share of the updates used for warm-up'),
  weight_decay: z.number().min(0).max(1).default(0.0001).describe('decoupled weight decay of AdamW'),
  max_grad_norm: z
    .number()
    .min(0)
    .default(1)
    .describe('gradients are clipped to this global norm; 0 = never'),
  level_loss: z
    .enum(['mean', 'sum'])
    .default('mean')
    .describe(
      "codebook and commitment terms of the levels: their mean (LC-Rec, LETTER), or their sum (TIGER's ports)",
    ),
  points: z
    .enum(['prepared', 'as-given'])
    .default('prepared')
    .describe(
      'what is quantised, and the behaviour vectors of collaborative_weight: prepared = centred and brought to length 1; as-given = the vectors as they are, as published',
    ),
  codebook_start: z
    .enum([...clusterKinds, 'first-batch'])
    .default('balanced')
    .describe(
      'first codebooks, by k-means of what each level has to stand for: of all items in clusters of one size, or of bounded sizes (LETTER); or of the first batch, in clusters of any size (LC-Rec, TIGER)',
    ),
  commitment: z
    .enum(['every-level', 'first-level'])
    .default('every-level')
    .describe(
      'which levels pull the encoder to their codes; first-level = as in the public code of LC-Rec and LETTER, where no gradient passes a quantised level',
    ),
  diversity_clusters: z
    .enum(clusterKinds)
    .default('balanced')
    .describe(
      'the ten clusters of a codebook for diversity_weight: of one size, or of 10 to 60 of 256 codes (bounded, LETTER)',
    ),
  sinkhorn: z
    .boolean()
    .default(true)
    .describe(
      'digits of the last level are spread over all codes, in training and for items that share a code (uniform semantic mapping, LC-Rec); false = the nearest code, and one more digit where items share one (TIGER)',
    ),
});

/** They came later: keys of before, without them, still hold. */
export const laterRqVaeSettings = {
  points: 'prepared',
  codebook_start: 'balanced',
  commitment: 'every-level',
  diversity_clusters: 'balanced',
};

export type RqVaeSettings = z.infer<typeof rqVaeSettings>;
