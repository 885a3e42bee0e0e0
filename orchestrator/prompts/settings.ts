import { z } from 'zod';

export const promptsSettings = z.strictObject({
  templates: z
    .string()
    .min(1)
    .default('built-in')
    .describe(
      'folder of templates, frame.yaml and a file for each trained task; built-in = those that come with eager-llm',
    ),
  own_tasks: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe(
      'folder with tasks of your own, a file own-NAME.yaml each, that training.stages[].tasks may name',
    ),
  layout: z
    .enum(['user', 'prefix', 'items'])
    .default('user')
    .describe(
      'one pass for a whole user with a loss on every next item, or one prompt for each prefix; items: no texts, the items of each prefix, as numbers (model.family: eager), or with their codes (liger)',
    ),
  augment: z
    .enum(['none', 'windows', 'subsequences'])
    .default('none')
    .describe(
      'layout user: only the latest items of a user; all items, in windows; or a random contiguous slice in each epoch. Layout prefix: subsequences lets the history of a target begin anywhere, drawn in each epoch (GRID); the others change nothing',
    ),
  learn_first_item: z
    .boolean()
    .default(false)
    .describe('layout user: also a loss on the first item of a row'),
  max_length: z.int().min(16).max(131_072).default(256).describe('longest row in tokens'),
});

export type PromptsSettings = z.infer<typeof promptsSettings>;
