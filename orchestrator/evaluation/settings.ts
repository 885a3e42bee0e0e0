import { z } from 'zod';
import { behaviourSettings } from '../embedding/behaviour/settings.ts';
import { distinct } from '../shared/distinct.ts';

export const baselineNames = [
  'popularity',
  'recent-popularity',
  'bought-together',
  'what-followed',
  'buy-again',
  'sasrec',
  'din',
  'behaviour',
] as const;
export type BaselineName = (typeof baselineNames)[number];

/** Those that take seconds: an encoder that the recipe does not have is to be trained first. */
const quickBaselines = baselineNames.filter((name) => name !== 'sasrec' && name !== 'din');

const { epochs, batch_size, learning_rate, dropout, negatives, windows } = behaviourSettings.shape;
const otherwise = <T extends z.ZodType>(setting: z.ZodDefault<T>) =>
  setting
    .removeDefault()
    .optional()
    .describe(setting.description ?? '');

/** Of an encoder that only the table needs. */
const otherEncoder = z.strictObject({
  epochs: otherwise(epochs),
  batch_size: otherwise(batch_size),
  learning_rate: otherwise(learning_rate),
  dropout: otherwise(dropout),
  negatives,
  windows: otherwise(windows),
});

/** Which users an evaluation includes, and which metrics it computes. */
export const evaluationSettings = z.strictObject({
  split: z
    .enum(['validation', 'test'])
    .default('test')
    .describe(
      'which targets are predicted; tune on validation: every evaluation on test is counted in the run and reported',
    ),
  cutoffs: distinct(z.int().min(1).max(10_000))
    .min(1)
    .default([1, 5, 10])
    .describe('the k of recall@k and NDCG@k'),
  metrics: distinct(z.string().min(1))
    .default([])
    .describe(
      'metrics of your own beside recall, NDCG and MRR: modules (`./my-metric.mjs`, or the name of a package) that each export one; they run as programs of yours',
    ),
  bootstrap_samples: z
    .int()
    .min(0)
    .max(100_000)
    .default(1000)
    .describe('bootstrap resamples for the 95% intervals; 0 = no intervals'),
  max_users: z
    .int()
    .min(0)
    .default(0)
    .describe('number of users to evaluate, drawn by seed, each with all targets; 0 = everyone'),
  exclude_history: z
    .boolean()
    .default(false)
    .describe(
      "remove the user's own items from the lists that are shown and served, even where repeats are common (where they are rare, decoding.seen_items does it); changes no metric",
    ),
  task_questions: z
    .int()
    .min(0)
    .default(200)
    .describe('questions for each other task that was trained (codes found, texts written); 0 = none'),
  baselines: distinct(z.enum(baselineNames))
    .default(quickBaselines)
    .describe(
      "recommenders that the model is compared with; behaviour is the recipe's own encoder, and sasrec or din, where it is the other one, is trained in the evaluation with the same settings",
    ),
  other_encoder: otherEncoder
    .optional()
    .describe(
      'settings of embedding.behaviour that are others for an encoder that is trained in the evaluation (sasrec or din among the baselines)',
    ),
  recent_days: z
    .number()
    .positive()
    .max(100_000)
    .default(28)
    .describe('recent-popularity: the last so many days of the training interactions count'),
});

export type EvaluationSettings = z.infer<typeof evaluationSettings>;
