import type { Reporter } from '../../shared/reporter.ts';
import type { DatasetSettings } from '../settings.ts';
import type { EventNeeds } from '../source/checked-event.ts';
import type { FileReading } from '../source/delimited.ts';
import type { Staging } from '../source/staging.ts';

/**
 * Puts a format's interactions and item texts where they wait, in the order of the files; the order of
 * the interactions decides where times are equal or absent.
 */
export type Reader = (reading: Reading) => Promise<void>;

/** Stages the items of one file. Throws a UserError for a file of another kind. */
export type ItemReader = (path: string, reading: Reading) => Promise<void>;

export interface Reading {
  settings: DatasetSettings;
  staging: Staging;
  report: Reporter;
  signal: AbortSignal | undefined;
  /** No more than so many lines of each file are read. */
  rows?: number | undefined;
}

/** A rating has to be there only where one is asked for. */
export function eventNeeds({ settings }: Reading, time = true): EventNeeds {
  return { time, rating: settings.min_rating !== null, quantity: settings.columns.quantity !== null };
}

export function fileReading({ settings, report, signal, rows }: Reading): FileReading {
  return { maxBrokenShare: settings.max_broken_share, report, signal, rows };
}
