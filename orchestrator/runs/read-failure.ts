import { statSync } from 'node:fs';
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

type Failed = Pick<RunFailure, 'stage' | 'message' | 'place' | 'remedy' | 'seconds'>;

/** Lists are asked for again and again, and logs of long runs are large: what was found in a log holds until it grows. */
const found = new Map<string, { size: number; changed: number; failed: Failed | null }>();
const mostFound = 1000;

/**
 * The last failure among a run's events; null where it failed outside of any stage, also of one that was done later. `recipe`:
 * its settings by their paths.
 */
export function readFailure(folder: string, recipe: Readonly<Record<string, unknown>>): RunFailure | null {
  const file = join(folder, eventsName);
  const { size, mtimeMs: changed } = statSync(file, { throwIfNoEntry: false }) ?? { size: 0, mtimeMs: 0 };
  let known = found.get(file);
  if (known?.size !== size || known.changed !== changed) {
    known = { size, changed, failed: size > 0 && size <= largestLog ? lastFailure(readEvents(file)) : null };
    if (found.size >= mostFound) found.clear();
    found.set(file, known);
  }
  const { failed } = known;
  return failed && { ...failed, settings: namedSettings(failed.remedy ?? '', failed.stage, recipe) };
}

/** No text can be longer. */
const largestLog = 2 ** 29 - 64;

function lastFailure(events: readonly Record<string, unknown>[]): Failed | null {
  const at = events.findLastIndex(({ type }) => type === 'stage-failed');
  if (at < 0) return null;
  const failed = events[at];
  const stage = String(failed.stage);
  const isDone = events
    .slice(at)
    .some(
      (event) =>
        event.stage === failed.stage && (event.type === 'stage-finished' || event.type === 'stage-reused'),
    );
  if (isDone) return null;
  const remedy = failed.remedy === undefined ? null : String(failed.remedy);
  return {
    stage,
    message: String(failed.message),
    place: failed.place === undefined ? null : String(failed.place),
    remedy,
    seconds: secondsOfAttempts(events, stage),
  };
}
