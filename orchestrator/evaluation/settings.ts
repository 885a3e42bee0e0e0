import { z } from 'zod';
import { distinct } from '../shared/distinct.ts';

export const baselineNames = ['popularity', 'behaviour'] as const;

/** Whom an evaluation asks, and what it counts. */
export const evaluationSettings = z.strictObject({
  split: z
    .enum(['validation', 'test'])
    .default('test')
    .describe(
      'which targets are asked for; tune on validation: each evaluation on test is counted in the run and told',
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
    .describe('re-drawings for the 95% intervals; 0 = no intervals'),
  max_users: z
    .int()
    .min(0)
    .default(0)
    .describe('evaluate so many users with all of their targets, drawn by seed; 0 = everyone'),
  exclude_history: z
    .boolean()
    .default(false)
    .describe(
      "leave the user's own items out of the lists that are shown and served, also where items are taken again (where they are not, decoding.seen_items does so); changes no figure",
    ),
  task_questions: z
    .int()
    .min(0)
    .default(200)
    .describe('questions of each further task that was trained: codes found, texts written; 0 = none'),
  baselines: distinct(z.enum(baselineNames))
    .default([...baselineNames])
    .describe('recommenders that stand beside the model in the table'),
});

export type EvaluationSettings = z.infer<typeof evaluationSettings>;
