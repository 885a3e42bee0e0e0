import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Place, readNewLines } from '../storage/new-lines.ts';
import { eventsName } from './run-files.ts';

/** What was written to a run since the last look at it. */
export interface RunNews {
  /** New lines of `events.jsonl`; only the latest progress events. */
  events: Record<string, unknown>[];
  /** New lines of each `metrics.jsonl`, by the folder below the run that it lies in: `06-training/01-alignment`. */
  metrics: { part: string; anew: boolean; records: Record<string, number>[] }[];
  /** To be passed in again to get what comes next. */
  cursor: string;
  /** There is more to read right away. */
  more: boolean;
}

const metricsName = 'metrics.jsonl';
const mostRecords = 1500;

const cursorSchema = z.record(z.string(), z.tuple([z.number(), z.number()]));

/**
 * Reads what is new in a run's folder since `cursor`; an invalid cursor, or one of another run, starts from the
 * beginning.
 */
export function readRunNews(folder: string, cursor: string | undefined): RunNews {
  const places = parseCursor(cursor);
  const next: Record<string, [number, number]> = {};
  let more = false;
  const read = (name: string) => {
    const found = readNewLines(join(folder, name), places[name] ?? null);
    if (!found) return null;
    next[name] = [found.place.inode, found.place.offset];
    more ||= found.more;
    return found;
  };
  const events = latestProgress(read(eventsName)?.lines ?? []);
  const metrics = metricsFolders(folder).flatMap((part) => {
    const found = read(`${part}/${metricsName}`);
    if (!found) return [];
    return [{ part, anew: found.anew, records: thinned(found.lines as Record<string, number>[]) }];
  });
  return { events, metrics, cursor: Buffer.from(JSON.stringify(next)).toString('base64url'), more };
}

function parseCursor(cursor: string | undefined): Record<string, Place> {
  try {
    const places = cursorSchema.parse(JSON.parse(Buffer.from(cursor ?? '', 'base64url').toString()));
    return Object.fromEntries(
      Object.entries(places).map(([name, [inode, offset]]) => [name, { inode, offset }]),
    );
  } catch {
    return {};
  }
}

/** Folders of the parts of stages, in order. Only what lies there is read, whatever a cursor names. */
function metricsFolders(folder: string): string[] {
  const numbered = (path: string) =>
    foldersIn(join(folder, path)).filter((name) => /^\d\d-[\w.-]+$/.test(name));
  return numbered('.').flatMap((stage) => numbered(stage).map((part) => `${stage}/${part}`));
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort();
  } catch {
    return [];
  }
}

/** Keeps only the latest progress of each stage, and all other events. */
function latestProgress(events: Record<string, unknown>[]): Record<string, unknown>[] {
  const last = new Map<unknown, Record<string, unknown>>();
  for (const event of events) if (event.type === 'progress') last.set(event.stage, event);
  return events.filter((event) => event.type !== 'progress' || last.get(event.stage) === event);
}

/** Means of neighbouring updates where there are many; validations are kept as they are. */
function thinned(records: Record<string, number>[]): Record<string, number>[] {
  const width = Math.ceil(records.length / mostRecords);
  if (width <= 1) return records;
  const kept: Record<string, number>[] = [];
  let bucket: Record<string, number>[] = [];
  const flush = () => {
    if (bucket.length > 0) kept.push(meanOf(bucket));
    bucket = [];
  };
  for (const record of records) {
    if (record.loss === undefined) {
      flush();
      kept.push(record);
    } else if (bucket.push(record) === width) flush();
  }
  flush();
  return kept;
}

/** The mean of every figure, and the last step and epoch. */
function meanOf(records: Record<string, number>[]): Record<string, number> {
  const last = records[records.length - 1];
  const means = Object.keys(last).map((name) => [
    name,
    records.reduce((sum, record) => sum + (record[name] ?? last[name]), 0) / records.length,
  ]);
  return { ...Object.fromEntries(means), step: last.step, epoch: last.epoch };
}
