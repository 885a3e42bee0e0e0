import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { messageOf, UserError } from '../shared/errors.ts';
import type { Figures } from '../shared/reporter.ts';
import { isThere, mayNotLook } from '../storage/is-there.ts';
import { recipeName, recordName } from './open-run.ts';
import { readRunState } from './read-run-state.ts';
import { readStandings, type StageStanding } from './read-standings.ts';
import { checkRunName } from './run-name.ts';
import type { RunRecord } from './run-record.ts';
import type { RunState, StageState } from './run-states.ts';

export interface StageSummary {
  /** `03-item-index` */
  stage: string;
  state: StageState;
  /** Why it is stale or damaged. */
  reason: string | null;
  seconds: number | null;
  peak_memory_bytes: number | null;
  bytes: number | null;
  figures: Figures;
}

export interface RunSummary {
  name: string;
  folder: string;
  status: RunState;
  record: RunRecord | null;
  /** Stages that have any files and, once the recipe is known, stages that are still to run. */
  stages: StageSummary[];
}

/** Every run of a folder, the latest first. */
export function listRuns(runsFolder: string): RunSummary[] {
  if (!isThere(runsFolder)) return [];
  return readdirSync(runsFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => {
      const folder = join(runsFolder, name);
      try {
        return isThere(join(folder, recordName)) ? [summarizeRun(runsFolder, name)] : [];
      } catch (error) {
        if (!mayNotLook(error)) throw error;
        // A run that may not be read does not get in the way of others.
        return [{ name, folder, status: 'damaged' as const, record: null, stages: [] }];
      }
    })
    .sort((a, b) => (b.record?.updated_at ?? '').localeCompare(a.record?.updated_at ?? ''));
}

export function showRun(runsFolder: string, name: string): RunSummary {
  const folder = join(runsFolder, checkRunName(name));
  if (isThere(join(folder, recordName))) return summarizeRun(runsFolder, name);
  const names = listRuns(runsFolder).map((run) => run.name);
  throw new UserError('runs/unknown', `there is no run called "${name}"`, {
    place: folder,
    remedy:
      names.length > 0 ? `There are: ${names.join(', ')}.` : 'There are no runs yet: eager-llm run RECIPE.',
  });
}

export interface RunComparison {
  runs: RunSummary[];
  /** Settings that are not the same everywhere: one value a run, undefined where it lacks the setting. */
  settings: { path: string; values: unknown[] }[];
  /** Figures of the stages, `07-evaluation recall@10`: one value a run. */
  figures: { name: string; values: (number | string | undefined)[] }[];
}

export function compareRuns(runsFolder: string, names: string[]): RunComparison {
  const runs = names.map((name) => showRun(runsFolder, name));
  const settings = runs.map(({ folder }) => flatten(readRecipe(join(folder, recipeName))));
  const figures = runs.map(({ stages }) =>
    Object.fromEntries(
      stages.flatMap((stage) =>
        Object.entries(stage.figures).map(([name, value]) => [`${stage.stage} ${name}`, value]),
      ),
    ),
  );
  return {
    runs,
    settings: rowsOf(settings)
      .map(({ name, values }) => ({ path: name, values }))
      .filter(({ values }) => new Set(values.map((value) => JSON.stringify(value))).size > 1),
    figures: rowsOf(figures),
  };
}

function summarizeRun(runsFolder: string, name: string): RunSummary {
  const folder = join(runsFolder, name);
  const stages = readStandings(folder).map(summarizeStage);
  const { state, record } = readRunState(folder);
  return { name, folder, status: state, record, stages };
}

/** Figures of an older version of the run are not figures of this run. */
function summarizeStage({ stage, state, reason, manifest }: StageStanding): StageSummary {
  const nothing = { seconds: null, peak_memory_bytes: null, bytes: null, figures: {} };
  if (!manifest) return { stage, state, reason, ...nothing };
  const { seconds, peak_memory_bytes, figures, files } = manifest;
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return {
    stage,
    state,
    reason,
    seconds,
    peak_memory_bytes,
    bytes,
    figures: state === 'done' ? figures : {},
  };
}

function readRecipe(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new UserError('runs/damaged-file', `cannot be read: ${messageOf(cause)}`, {
      place: file,
      remedy: 'Run the recipe again to rewrite the file.',
      cause,
    });
  }
}

/** `{a: {b: 1}}` becomes `{'a.b': 1}`; lists of plain values stay whole. */
function flatten(value: unknown, path = ''): Record<string, unknown> {
  const plain = (inner: unknown) => inner === null || typeof inner !== 'object';
  if (plain(value) || (Array.isArray(value) && value.every(plain))) return { [path]: value };
  return Object.assign(
    {},
    ...Object.entries(value as object).map(([key, inner]) => flatten(inner, path ? `${path}.${key}` : key)),
  );
}

function rowsOf<T>(columns: Record<string, T>[]): { name: string; values: (T | undefined)[] }[] {
  const names = new Set(columns.flatMap((column) => Object.keys(column)));
  return [...names].map((name) => ({ name, values: columns.map((column) => column[name]) }));
}
