import { z } from 'zod';
import { loraModules } from '../models/settings.ts';
import { ownTaskEnd, taskNames } from '../prompts/tasks/names.ts';
import { distinct } from '../shared/distinct.ts';
import { plainName } from '../shared/plain-name.ts';
import { eagerLossSettings } from './objectives/eager/settings.ts';
import { objectiveSettings, preferenceSettings, rewardSettings } from './objectives/settings.ts';

const taskName = z.union([z.enum(taskNames), z.templateLiteral(['own-', z.string().regex(ownTaskEnd)])]);

/** Settings of every part of training, whatever its tuning; with the names that other trainers use. */
export const everyPart = {
  name: plainName.describe('name of the stage; also of its folder'),
  tasks: z
    .partialRecord(taskName, z.number().min(0).max(100))
    .describe(
      "task: share of the task's rows that one epoch uses; 1 = all of them, once; own-NAME is a file of prompts.own_tasks",
    ),
  learning_rate: z.number().positive().max(1).default(0.001).describe('peak learning rate of AdamW'),
  lr_scheduler: z
    .enum(['cosine', 'linear', 'constant', 'inverse-sqrt'])
    .default('cosine')
    .describe(
      'decay of the learning rate after the warm-up; inverse-sqrt: by the square root of the updates, as T5 and EAGER are trained',
    ),
  warmup_ratio: z.number().min(0).lt(1).default(0.05).describe('share of the steps used for warm-up'),
  weight_decay: z.number().min(0).max(1).default(0.1).describe('decoupled weight decay of AdamW'),
  adam_beta1: z.number().min(0).lt(1).default(0.9).describe('decay of the mean of gradients'),
  adam_beta2: z.number().min(0).lt(1).default(0.98).describe('decay of the mean of squared gradients'),
  epochs: z.int().min(1).max(10_000).default(1).describe('passes over the rows of the stage'),
  max_steps: z
    .int()
    .min(0)
    .default(0)
    .describe(
      'stop after so many updates, the learning rate decays over them; 0 = all updates of the epochs',
    ),
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
  gradient_checkpointing: z
    .boolean()
    .default(false)
    .describe(
      'compute layers anew in the backward pass: less memory, more time (engine: node; for engine: peft see peft.gradient_checkpointing)',
    ),
  gradient_accumulation_steps: z
    .int()
    .min(1)
    .max(65_536)
    .default(1)
    .describe('micro batches accumulated for one update'),
  dropout: z.number().min(0).lt(1).default(0).describe('share of activations dropped in training'),
  ...objectiveSettings,
  ...preferenceSettings,
  ...rewardSettings,
  // Absent where it is not given, so that recipes of before stay as they are.
  eager: eagerLossSettings
    .optional()
    .describe('losses of an EAGER beside that of its codes (model.family: eager)'),
  max_grad_norm: z
    .number()
    .min(0)
    .default(1)
    .describe('gradients are clipped to this global norm; 0 = never'),
  validate_every_epochs: z
    .int()
    .min(0)
    .default(1)
    .describe('epochs between two validations; the best checkpoint is kept; 0 = only at the end'),
  patience: z
    .int()
    .min(0)
    .default(0)
    .describe('stop after this many validations without improvement; 0 = never'),
};

const nodeSettings = [
  'gradient_checkpointing',
  ...Object.keys(preferenceSettings),
  ...Object.keys(rewardSettings),
];
type NodeSetting = 'gradient_checkpointing' | keyof typeof preferenceSettings | keyof typeof rewardSettings;
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** A part without what the Node engine alone does: PyTorch is not told of it. */
export function withoutNodeSettings<T extends object>(part: T): DistributiveOmit<T, NodeSetting> {
  const others = Object.entries(part).filter(([name]) => !nodeSettings.includes(name));
  return Object.fromEntries(others) as DistributiveOmit<T, NodeSetting>;
}

/** What came after the first runs, at its defaults: where nothing else is given, a part keeps the key that it had. */
export const laterPartSettings = {
  max_steps: 0,
  loss_temperature: 1,
  gradient_checkpointing: false,
  preference_weight: 0,
  preference_negatives: 1,
  preference_rivals: 'log',
  preference_beta: 2,
  preference_margin: 1,
  reward_weight: 0,
  reward_beams: 8,
};

const fullPart = z.strictObject({
  ...everyPart,
  tuning: z.literal('full').describe('every weight is trained'),
});

/** Of adapters. */
export const loraSettings = {
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

const adapterPart = {
  ...everyPart,
  ...loraSettings,
};

const loraPart = z.strictObject({
  ...adapterPart,
  tuning: z.literal('lora').describe('low-rank adapters and the rows of new tokens are trained'),
});

export const quantizationSettings = {
  quantization_bit: z
    .union([z.literal(4), z.literal(8)])
    .default(8)
    .describe('bits of a frozen weight'),
};

const qloraPart = z.strictObject({
  ...adapterPart,
  tuning: z
    .literal('qlora')
    .describe('like lora, with the frozen projections quantised during training: less memory'),
  ...quantizationSettings,
});

export const trainingPart = z.discriminatedUnion('tuning', [fullPart, loraPart, qloraPart]);

export const trainingSettings = z.strictObject({
  validation_users: z
    .int()
    .min(0)
    .default(1000)
    .describe('users whose validation targets decide which checkpoint is best, drawn by seed; 0 = everyone'),
  epochs_from: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe(
      'an evaluated run of the same folder: as many epochs as were best there, of every training stage and of the behaviour encoder',
    ),
  replay: z
    .number()
    .min(0)
    .max(1)
    .default(0.1)
    .describe(
      'continue: share of the rows without anything new that an epoch uses beside the new ones, so that what was learned is kept',
    ),
  stages: z
    .array(trainingPart)
    .min(1)
    .describe('training stages in order; each starts from the result of the one before'),
});

/** Of a recipe without a model to tune. */
export const noTraining: z.infer<typeof trainingSettings> = {
  ...trainingSettings.omit({ stages: true }).parse({}),
  stages: [],
};

/** `training.stages[]` of a recipe: alignment, the annealing adapter, … */
export type TrainingPart = z.infer<typeof trainingPart>;
