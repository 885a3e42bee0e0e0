import { z } from 'zod';

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
  sinkhorn: z
    .boolean()
    .default(true)
    .describe(
      'digits of the last level are spread over all codes, in training and for items that share a code (uniform semantic mapping, LC-Rec); false = the nearest code, and one more digit where items share one (TIGER)',
    ),
});

export type RqVaeSettings = z.infer<typeof rqVaeSettings>;
