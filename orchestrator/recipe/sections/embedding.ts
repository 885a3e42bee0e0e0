import { z } from 'zod';
import { distinct } from './distinct.ts';

const behaviour = z.strictObject({
  encoder: z
    .enum(['sasrec', 'din'])
    .default('sasrec')
    .describe('the sequential model whose item table is the embedding'),
  hidden_size: z.int().min(1).max(4096).default(64).describe('numbers in the vector of an item'),
  num_layers: z.int().min(1).max(64).default(2).describe('transformer blocks (sasrec)'),
  num_heads: z.int().min(1).max(64).default(2).describe('attention heads (sasrec); divides hidden_size'),
  dropout: z.number().min(0).lt(1).default(0.3).describe('share of activations dropped in training'),
  learning_rate: z.number().positive().max(1).default(0.003).describe('step size of AdamW'),
  lr_scheduler: z
    .enum(['constant', 'linear', 'cosine'])
    .default('constant')
    .describe('how the step size falls over all epochs; with linear or cosine, patience: 0 lets it reach 0'),
  warmup_ratio: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe('share of all updates in which the step size rises'),
  weight_decay: z.number().min(0).max(1).default(0.1).describe('decoupled decay of AdamW'),
  temperature: z
    .number()
    .min(0)
    .max(10)
    .default(0.07)
    .describe('sasrec: scores are cosines divided by this; 0 = plain inner products'),
  epochs: z.int().min(1).max(10_000).default(30).describe('passes over the training interactions'),
  batch_size: z.int().min(1).max(65_536).default(128).describe('histories in one step'),
  patience: z
    .int()
    .min(0)
    .default(5)
    .describe('stop after so many epochs without a better validation; 0 = never'),
  windows: z
    .array(z.int().min(1).max(1000))
    .max(100)
    .default([])
    .describe(
      'din: lengths of windows of the history, the latest first, each summed up by itself ([1, 1, 1, 1, 1, 1, 2, 2, 4, 5] in EAGER); none = one sum over the whole',
    ),
  start: z
    .enum(['random', 'semantic'])
    .default('random')
    .describe(
      "what item rows begin as: drawn, or the items' semantic vectors, whitened; give semantic.dimensions no fewer numbers than hidden_size",
    ),
  semantic_features: z
    .boolean()
    .default(false)
    .describe(
      "an item's vector is its own row plus a learned projection of its semantic vector: what is bought seldom is known by its texts",
    ),
  ensemble: z
    .int()
    .min(1)
    .max(16)
    .default(1)
    .describe(
      'encoders trained from different seeds: the first gives the embedding, all together are the teacher of distillation',
    ),
});

const semantic = z.strictObject({
  encoder: z
    .enum(['lsa', 'transformers', 'base-model'])
    .default('lsa')
    .describe('TF-IDF and truncated SVD; a feature-extraction model; or the mean hidden state of the base'),
  model: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe('folder or hub id of the feature-extraction model (encoder: transformers)'),
  dimensions: z.int().min(1).max(4096).default(64).describe('numbers in the vector of an item (lsa)'),
  fields: distinct(z.enum(['title', 'description', 'categories', 'brand', 'keywords']))
    .min(1)
    .default(['title', 'description', 'categories', 'brand', 'keywords'])
    .describe('texts of an item that are read'),
});

export const embeddingSection = z.strictObject({
  behaviour: behaviour
    .prefault({})
    .describe('how people use an item: learned from the training interactions'),
  semantic: semantic.prefault({}).describe('what an item is: made from its texts'),
});
