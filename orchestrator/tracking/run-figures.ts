import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Recipe } from '../recipe/schema.ts';
import { readEvents } from '../runs/event-log.ts';
import { eventsName } from '../runs/run-files.ts';
import { stageFolderName } from '../runs/stage-names.ts';
import { isThere } from '../storage/is-there.ts';
import { metricsFile, readMetrics } from '../training/metrics-log.ts';

/** A number of a run at a moment. */
export interface Point {
  key: string;
  value: number;
  /** Milliseconds since 1970. */
  timestamp: number;
  step: number;
}

/** The settings of a recipe by their paths; what says where runs are told of, or how people talk to them, is none. */
export function runParameters({ trackers: _trackers, chat: _chat, ...recipe }: Recipe): [string, string][] {
  return flat('', recipe);
}

/** Figures and times of stages among the events behind the first `sent`, and progress that has figures. */
export function eventPoints(folder: string, sent: number): { points: Point[]; events: number } {
  const events = readEvents(join(folder, eventsName));
  const points = events.slice(sent).flatMap(({ at, stage, type, ...event }): Point[] => {
    const timestamp = Date.parse(String(at));
    const point = (key: string, value: unknown, step = 0) =>
      typeof value === 'number' && Number.isFinite(value)
        ? [{ key: `${stage}/${key}`, value, timestamp, step }]
        : [];
    const figures = Object.entries(Object(event.figures) as Record<string, unknown>);
    if (type === 'stage-finished' || type === 'stage-reused')
      return [...figures.flatMap(([name, value]) => point(name, value)), ...point('seconds', event.seconds)];
    // Training has a log of its own, of every update.
    if (type === 'progress' && stage !== 'training')
      return figures.flatMap(([name, value]) => point(`${event.label}/${name}`, value, Number(event.done)));
    return [];
  });
  return { points, events: events.length };
}

/** What a part of the training logged behind the update `sent`; `part` is its folder's name. */
export function trainingPoints(folder: string, part: string, sent: number): Point[] {
  const place = join(folder, stageFolderName('training'), part);
  const file = join(place, metricsFile);
  if (!isThere(file)) return [];
  const timestamp = Math.round(statSync(file).mtimeMs);
  return readMetrics(place)
    .filter(({ step }) => step > sent)
    .flatMap(({ step, ...values }) =>
      Object.entries(values).map(([name, value]) => ({
        key: `${part.slice(3)}/${name}`,
        value,
        timestamp,
        step,
      })),
    )
    .filter(({ value }) => Number.isFinite(value));
}

/** What of a run is kept beside its figures: paths within its folder. */
export function runArtefacts(folder: string): string[] {
  const evaluation = stageFolderName('evaluation');
  const names = ['summary.txt', 'metrics.json', 'breakdown.json', 'tasks.json'];
  return ['recipe.yaml', ...names.map((name) => `${evaluation}/${name}`)].filter((path) =>
    isThere(join(folder, path)),
  );
}

function flat(path: string, value: unknown): [string, string][] {
  if (value === undefined) return [];
  const isMap = typeof value === 'object' && value !== null;
  // Lists of plain values are one parameter.
  if (!isMap || (Array.isArray(value) && value.every((each) => typeof each !== 'object')))
    return [[path, typeof value === 'string' ? value : JSON.stringify(value)]];
  return Object.entries(value).flatMap(([name, inner]) => flat(path ? `${path}.${name}` : name, inner));
}
