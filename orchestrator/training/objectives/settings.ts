import { z } from 'zod';
import { sourceNames } from '../../item-index/settings.ts';
import { distinct } from '../../shared/distinct.ts';

/** Settings of digits that are learned over the legal digits only. */
const legalDigitsSettings = {
  digit_softmax: z
    .enum(['vocabulary', 'legal'])
    .default('vocabulary')
    .describe(
      'softmax for the digits of items in histories: over the whole vocabulary, or over the legal digits only, as in decoding (legal; prompts.layout: user)',
    ),
  label_smoothing: z
    .number()
    .min(0)
    .lt(1)
    .default(0)
    .describe("share of a digit's target spread evenly over all legal digits (digit_softmax: legal)"),
  distillation: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe(
      "share of a digit's target taken from the behaviour encoder's forecast; the rest is the true item (digit_softmax: legal)",
    ),
};

/** Settings of tokens that are learned over the whole vocabulary. */
const nextTokenSettings = {
  loss_temperature: z
    .number()
    .positive()
    .max(100)
    .default(1)
    .describe(
      'logits over the vocabulary are divided by this in training: below 1, near misses count more (ranking-guided generation loss of LETTER: 0.7)',
    ),
};

/** Settings of global contrast decompression. */
const contrastSettings = {
  contrastive_weight: z
    .number()
    .min(0)
    .max(100)
    .default(0)
    .describe(
      "weight of global contrast decompression: the hidden state after a target's code is contrasted with the target's vectors (published: 0.1)",
    ),
  contrastive_sources: distinct(z.enum(sourceNames))
    .min(1)
    .default([...sourceNames])
    .describe('the vectors it is contrasted with, one loss each'),
  contrastive_temperature: z
    .number()
    .positive()
    .max(100)
    .default(0.1)
    .describe('cosines are divided by this'),
  contrastive_negatives: z.int().min(1).max(1_000_000).default(2048).describe('number of sampled negatives'),
};

/** Settings of the preference of items that were taken over others, which the Node engine alone learns. */
export const preferenceSettings = {
  preference_weight: z
    .number()
    .min(0)
    .max(100)
    .default(0)
    .describe(
      'weight of a preference of the item that was taken over rejected ones, by the mean log-probability of their codes (SimPO; engine: node)',
    ),
  preference_negatives: z
    .int()
    .min(1)
    .max(64)
    .default(1)
    .describe('rejected items for each taken one, each a row more through the model (several: as in S-DPO)'),
  preference_rivals: z
    .enum(['log', 'beams'])
    .default('log')
    .describe(
      'log: rejected items are those of events drawn from the log; beams: those that the model itself ranks first, searched anew for each update',
    ),
  preference_beta: z
    .number()
    .positive()
    .max(100)
    .default(2)
    .describe('mean log-probabilities are multiplied by this before they are compared'),
  preference_margin: z
    .number()
    .min(0)
    .max(100)
    .default(1)
    .describe("by how much the taken item's should be above those of rejected ones then"),
};

/** Settings of rewards for the model's own lists, which the Node engine alone computes. */
export const rewardSettings = {
  reward_weight: z
    .number()
    .min(0)
    .max(100)
    .default(0)
    .describe(
      'weight of rewards for the items that the model itself ranks first, by whether and where the taken one is among them (GRPO, as in MiniOneRec; engine: node)',
    ),
  reward_beams: z
    .int()
    .min(2)
    .max(64)
    .default(8)
    .describe('items of such a list, each a row more through the model'),
};

/** Settings that the objectives of both engines add to a part of training. A new objective has a line here and one in `registry.ts`. */
export const objectiveSettings = {
  ...nextTokenSettings,
  ...legalDigitsSettings,
  ...contrastSettings,
};

export type ObjectiveSettings = z.infer<z.ZodObject<typeof objectiveSettings>>;
