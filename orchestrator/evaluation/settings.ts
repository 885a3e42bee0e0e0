import { z } from 'zod';
import { distinct } from '../shared/distinct.ts';

export const baselineNames = ['popularity', 'behaviour'] as const;

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
    .default([...baselineNames])
    .describe('recommenders that the model is compared with'),
});

export type EvaluationSettings = z.infer<typeof evaluationSettings>;
