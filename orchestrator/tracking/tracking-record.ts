import { join } from 'node:path';
import { z } from 'zod';
import { isThere } from '../storage/is-there.ts';
import { readJson, writeJson } from '../storage/json-file.ts';

const trackerRecord = z.strictObject({
  url: z.string(),
  experiment: z.string(),
  /** Of the run there. */
  run_id: z.string(),
  /** Of the recipe that it was made for: another has parameters of its own, and gets a run of its own. */
  recipe_hash: z.string(),
  /** Events of the log that were sent, and the last update that was, by part of the training. */
  events: z.int().nonnegative(),
  steps: z.record(z.string(), z.number()),
});

const trackingRecord = z.strictObject({
  schema_version: z.literal(1),
  /** The sweep that the run belongs to. */
  sweep: z.string().nullable(),
  trackers: z.array(trackerRecord),
});

export type TrackingRecord = z.infer<typeof trackingRecord>;
export type TrackerRecord = z.infer<typeof trackerRecord>;

const fileName = 'tracking.json';

/** What was sent of a run, and where to; a record that cannot be read counts as none, and all is sent anew. */
export function readTracking(folder: string): TrackingRecord {
  const file = join(folder, fileName);
  const none: TrackingRecord = { schema_version: 1, sweep: null, trackers: [] };
  if (!isThere(file)) return none;
  try {
    return trackingRecord.parse(readJson(file, ''));
  } catch {
    return none;
  }
}

export function writeTracking(folder: string, record: TrackingRecord): void {
  writeJson(join(folder, fileName), record);
}

/** The same with the record of one tracker, in the place of an earlier one. */
export function withTracker(record: TrackingRecord, own: TrackerRecord): TrackingRecord {
  const others = record.trackers.filter((each) => each.url !== own.url || each.experiment !== own.experiment);
  return { ...record, trackers: [...others, own] };
}
