import { join } from 'node:path';
import { secondsOfAttempts } from './attempts.ts';
import { readEvents } from './event-log.ts';
import { type NamedSetting, namedSettings } from './named-settings.ts';
import { eventsName } from './run-files.ts';

/** What ended a run that failed. */
export interface RunFailure {
  /** `dataset` */
  stage: string;
  message: string;
  place: string | null;
  /** What to do next, in one sentence. */
  remedy: string | null;
  /** What the remedy speaks of, with the values that failed. */
  settings: NamedSetting[];
  /** How long the stage took until it failed. */
  seconds: number;
}

/** The last failure among a run's events; null where it failed before any stage. `recipe`: its settings by their paths. */
export function readFailure(folder: string, recipe: Readonly<Record<string, unknown>>): RunFailure | null {
  const events = readEvents(join(folder, eventsName));
  const failed = events.findLast(({ type }) => type === 'stage-failed');
  if (!failed) return null;
  const stage = String(failed.stage);
  const remedy = failed.remedy === undefined ? null : String(failed.remedy);
  return {
    stage,
    message: String(failed.message),
    place: failed.place === undefined ? null : String(failed.place),
    remedy,
    settings: namedSettings(remedy ?? '', stage, recipe),
    seconds: secondsOfAttempts(events, stage),
  };
}
