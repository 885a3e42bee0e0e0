import { z } from 'zod';
import { loraModules } from '../../models/settings.ts';
import { taskNames } from '../../prompts/tasks/names.ts';
import { distinct } from '../../shared/distinct.ts';
import { plainName } from '../plain-name.ts';

const everyStage = {
  name: plainName.describe('name of the stage; also of its folder'),
  tasks: z
    .partialRecord(z.enum(taskNames), z.number().min(0).max(100))
    .describe("task: share of the task's rows that one epoch uses; 1 = all of them, once"),
  learning_rate: z.number().positive().max(1).default(0.001).describe('highest step size of AdamW'),
  lr_scheduler: z
    .enum(['cosine', 'linear', 'constant'])
    .default('cosine')
    .describe('how the rate falls after the warm-up'),
  warmup_ratio: z.number().min(0).lt(1).default(0.05).describe('share of the steps in which the rate rises'),
  weight_decay: z.number().min(0).max(1).default(0.1).describe('decoupled decay of AdamW'),
  adam_beta1: z.number().min(0).lt(1).default(0.9).describe('decay of the mean of gradients'),
  adam_beta2: z.number().min(0).lt(1).default(0.98).describe('decay of the mean of squared gradients'),
  epochs: z.int().min(1).max(10_000).default(1).describe('passes over the rows of the stage'),
  micro_batch_size: z
    .int()
    .min(1)
    .max(65_536)
    .default(64)
    .describe('rows whose gradients are summed in one go'),
  micro_batch_tokens: z
    .int()
    .min(1)
    .default(2048)
    .describe(
      'tokens in memory at once, padding included: a larger micro batch goes through in pieces, and their gradients are summed',
    ),
  gradient_accumulation_steps: z
    .int()
    .min(1)
    .max(65_536)
    .default(1)
    .describe('micro batches summed up for one step'),
  dropout: z.number().min(0).lt(1).default(0).describe('share of activations dropped in training'),
  digit_softmax: z
    .enum(['vocabulary', 'legal'])
    .default('vocabulary')
    .describe(
      'what the digits of items in histories are told from: all tokens, or the digits that can stand there, as decoding does (legal; prompts.layout: user)',
    ),
  label_smoothing: z
    .number()
    .min(0)
    .lt(1)
    .default(0)
    .describe("share of a digit's target that goes to all legal digits alike (digit_softmax: legal)"),
  distillation: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe(
      "how much of a digit's target is the behaviour encoder's forecast instead of the item that came (digit_softmax: legal)",
    ),
  contrastive_weight: z
    .number()
    .min(0)
    .max(100)
    .default(0)
    .describe(
      "weight of global contrast decompression: the state behind a target's code is held against the target's vectors (published: 0.1)",
    ),
  contrastive_sources: distinct(z.enum(['semantic', 'behaviour']))
    .min(1)
    .default(['semantic', 'behaviour'])
    .describe('the vectors it is held against, one loss each'),
  contrastive_temperature: z
    .number()
    .positive()
    .max(100)
    .default(0.1)
    .describe('cosines are divided by this'),
  contrastive_negatives: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(2048)
    .describe('items drawn to be told from the target'),
  max_grad_norm: z
    .number()
    .min(0)
    .default(1)
    .describe('gradients are scaled down to this global norm; 0 = never'),
  validate_every_epochs: z
    .int()
    .min(0)
    .default(1)
    .describe('epochs between two validations; the best checkpoint is kept; 0 = only at the end'),
  patience: z
    .int()
    .min(0)
    .default(0)
    .describe('stop after so many validations without a better one; 0 = never'),
};

const fullStage = z.strictObject({
  ...everyStage,
  tuning: z.literal('full').describe('every weight is trained'),
});

const adapterStage = {
  ...everyStage,
  lora_r: z.int().min(1).max(1024).default(8).describe('rank of the adapters'),
  lora_alpha: z
    .number()
    .positive()
    .max(65_536)
    .default(32)
    .describe('adapters are scaled by lora_alpha / lora_r'),
  lora_dropout: z.number().min(0).lt(1).default(0.05).describe("share of the adapters' inputs dropped"),
  lora_target_modules: distinct(z.enum(Object.values(loraModules).flat()))
    .min(1)
    .default([...loraModules.llama])
    .describe('projections that get an adapter'),
};

const loraStage = z.strictObject({
  ...adapterStage,
  tuning: z.literal('lora').describe('low-rank adapters and the rows of new tokens are trained'),
});

const qloraStage = z.strictObject({
  ...adapterStage,
  tuning: z
    .literal('qlora')
    .describe('as lora, with the frozen projections held in few bits while it trains: less memory'),
  quantization_bit: z
    .union([z.literal(4), z.literal(8)])
    .default(8)
    .describe('bits of a frozen weight'),
});

const stage = z.discriminatedUnion('tuning', [fullStage, loraStage, qloraStage]);

export const trainingSection = z.strictObject({
  validation_users: z
    .int()
    .min(0)
    .default(1000)
    .describe('users whose validation targets choose the best weights, drawn by seed; 0 = everyone'),
  stages: z.array(stage).min(1).describe('training stages in their order; each goes on from the one before'),
});

export type TrainingStage = z.infer<typeof stage>;
