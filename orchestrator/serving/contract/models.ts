import { z } from 'zod';

/** GET /v1/models/{model} */
export const model = z.object({
  id: z.string().describe('name of the run'),
  object: z.literal('model'),
  created: z.int().describe('when its training ended, seconds since 1970'),
  owned_by: z.literal('eager-llm'),
  items: z.int().describe('items of the catalogue'),
  users: z.int(),
  vouched_by: z
    .object({ run: z.string(), metrics: z.record(z.string(), z.union([z.number(), z.string()])) })
    .optional()
    .describe('of a model that learned from all events: the evaluated run it was trained as long as'),
  max_k: z.int().describe('the longest list that is answered'),
});

/** GET /v1/models */
export const modelList = z.object({ object: z.literal('list'), data: z.array(model) });

/** GET /healthz */
export const health = z.object({
  status: z.literal('ok'),
  model: z.string(),
  version: z.int().describe('which version of the run answers'),
  waiting: z.int().describe('requests that wait to be decoded'),
});

export type Model = z.infer<typeof model>;
export type ModelList = z.infer<typeof modelList>;
export type Health = z.infer<typeof health>;
