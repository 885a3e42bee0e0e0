import { z } from 'zod';
import type { Conflict } from '../shared/conflict.ts';

/** Where runs are told of beside their own folder. */
export const trackersSettings = z
  .array(
    z.strictObject({
      kind: z.literal('mlflow').describe('an MLflow server, by its REST interface'),
      url: z
        .url({ protocol: /^https?$/, error: 'an address that begins with http:// or https://' })
        .describe('its address, without a password'),
      experiment: z.string().min(1).max(200).default('eager-llm').describe('where the runs stand there'),
    }),
  )
  .max(4);

export type TrackerSettings = z.infer<typeof trackersSettings>[number];

/** A recipe is kept with its run and passed on: it is no place for a secret. */
export function* trackersConflicts(trackers: readonly TrackerSettings[]): Generator<Conflict> {
  for (const [at, { url }] of trackers.entries()) {
    const { username, password } = new URL(url);
    if (username || password)
      yield {
        path: `${at}.url`,
        message: 'holds a name or a password',
        remedy:
          'Leave them out, and set MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, in the environment.',
      };
  }
}
