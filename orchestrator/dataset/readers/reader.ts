import type { Reporter } from '../../shared/reporter.ts';
import type { ResolvedDatasetOptions } from '../options.ts';
import type { EventNeeds } from '../source/checked-event.ts';
import type { FileReading } from '../source/delimited.ts';
import type { Staging } from '../source/staging.ts';

/**
 * Puts a format's interactions and item texts into the staging tables, in the order of the files; the order of
 * the interactions decides where times are equal or absent.
 */
export type Reader = (reading: Reading) => Promise<void>;

export interface Reading {
  options: ResolvedDatasetOptions;
  staging: Staging;
  report: Reporter;
  signal: AbortSignal | undefined;
}

/** A rating has to be there only where one is asked for. */
export function eventNeeds({ options }: Reading, time = true): EventNeeds {
  return { time, rating: options.minRating !== null };
}

export function fileReading({ options, report, signal }: Reading): FileReading {
  return { maxBrokenShare: options.maxBrokenShare, report, signal };
}
