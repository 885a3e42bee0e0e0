import { z } from 'zod';
import { runStates, stageStates } from '../../runs/run-states.ts';

export const runCard = z.object({
  name: z.string(),
  status: z.enum(runStates),
  updated_at: z.string().nullable().describe('ISO 8601, UTC'),
  stages: z.array(
    z.object({
      stage: z.string().describe('03-item-index'),
      state: z.enum(stageStates),
      seconds: z.number().nullable(),
      bytes: z.number().nullable(),
      figures: z.record(z.string(), z.union([z.number(), z.string()])),
    }),
  ),
});

/** GET /v1/runs */
export const runList = z.object({ object: z.literal('list'), data: z.array(runCard) });

export type { RunState } from '../../runs/run-states.ts';
export type RunCard = z.infer<typeof runCard>;
export type RunList = z.infer<typeof runList>;
