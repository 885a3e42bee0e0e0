import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { messageOf, UserError } from '../shared/errors.ts';
import type { Figures } from '../shared/reporter.ts';
import { hashJson } from '../storage/hash.ts';
import { isThere, mayNotLook } from '../storage/is-there.ts';
import { currentFolder, versionUnderWay } from './current-version.ts';
import { latestSign } from './event-log.ts';
import { type RunFailure, readFailure } from './read-failure.ts';
import { readRunState } from './read-run-state.ts';
import { readStandings, type StageStanding } from './read-standings.ts';
import { eventsName, recipeName } from './run-files.ts';
import { parseRunName } from './run-name.ts';
import type { RunRecord } from './run-record.ts';
import type { RunState, StageState } from './run-states.ts';
import { stageFolderName, stageFolderNames } from './stage-names.ts';
import { isRun, versionFolder, versionIn } from './versions.ts';

export interface StageSummary {
  /** `03-item-index` */
  stage: string;
  /** Null where it is not finished. */
  key: string | null;
  state: StageState;
  /** Why it is stale or damaged. */
  reason: string | null;
  /** Whether another run or version made it: its time is none of this one's. */
  taken_over: boolean;
  seconds: number | null;
  peak_memory_bytes: number | null;
  bytes: number | null;
  figures: Figures;
}

export interface RunSummary {
  /** As it was asked for: `beauty`, or `beauty@2`. */
  name: string;
  /** Of the version that answers, or that was asked for; so is what follows. */
  folder: string;
  version: number;
  /** Another version that is being made, or was interrupted. */
  under_way: { version: number; status: RunState } | null;
  status: RunState;
  record: RunRecord | null;
  /** Why, where the run failed in a stage. */
  failure: RunFailure | null;
  /** When it last gave a sign, by its record or its events: who is killed records no end. Null where neither is known. */
  worked_at: string | null;
  /** A hash of the data set that it made: the same for the same users and items, whatever the seed. Null before there is one. */
  data: string | null;
  /** The stages that a run of its recipe has (`03-item-index`); null where that is not known yet, and in older runs. */
  planned: string[] | null;
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
        return isRun(folder) ? [summarizeRun(runsFolder, name)] : [];
      } catch (error) {
        // A run that may not be read, or whose pointer is damaged, does not get in the way of others.
        if (!mayNotLook(error) && !(error instanceof UserError)) throw error;
        return [damagedRun(folder, name)];
      }
    })
    .sort((a, b) => (b.worked_at ?? '').localeCompare(a.worked_at ?? ''));
}

export function showRun(runsFolder: string, name: string): RunSummary {
  const folder = join(runsFolder, parseRunName(name).name);
  if (isRun(folder)) return summarizeRun(runsFolder, name);
  throw unknownRun(runsFolder, name);
}

export function unknownRun(runsFolder: string, name: string): UserError {
  const names = listRuns(runsFolder).map((run) => run.name);
  return new UserError('runs/unknown', `there is no run called "${name}"`, {
    place: join(runsFolder, name),
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

/** `named`: the figures of a stage by the names that tell them apart in a comparison. */
export function compareRuns(
  runsFolder: string,
  names: string[],
  named: (figures: Figures) => Figures = (figures) => figures,
): RunComparison {
  const runs = names.map((name) => showRun(runsFolder, name));
  const settings = runs.map(({ folder }) => flatten(readRecipe(join(folder, recipeName))));
  const figures = runs.map(({ stages }) =>
    Object.fromEntries(
      stages.flatMap((stage) =>
        Object.entries(named(stage.figures)).map(([name, value]) => [`${stage.stage} ${name}`, value]),
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
  const folder = currentFolder(runsFolder, name);
  const { root, version } = versionIn(folder);
  const standings = readStandings(folder);
  const { state, record } = readRunState(folder);
  const stages = standings.map((standing) => summarizeStage(standing, record?.created_at ?? null));
  const next = versionUnderWay(root);
  const under_way =
    next === null || next === version
      ? null
      : { version: next, status: readRunState(versionFolder(root, next)).state };
  const planned = record?.stage_keys ? Object.keys(record.stage_keys) : null;
  // What answers and has nothing left to do is no less finished because a later look at it was cut off.
  const isWhole = next !== version && isDone(standings, planned ?? stageFolderNames);
  const status = state === 'interrupted' && isWhole ? 'finished' : state;
  const worked_at = latestOf([record?.updated_at, latestSign(join(folder, eventsName))]);
  const failure = status === 'failed' ? readFailure(folder, settingsOf(folder)) : null;
  return {
    ...{ name, folder, version, under_way, status, record, failure, worked_at },
    ...{ data: dataOf(standings), planned, stages },
  };
}

function isDone(standings: readonly StageStanding[], planned: readonly string[]): boolean {
  const done = new Set(standings.flatMap(({ stage, state }) => (state === 'done' ? stage : [])));
  return planned.length > 0 && planned.every((stage) => done.has(stage));
}

/** Of times as they are recorded, which sort as texts. */
function latestOf(times: readonly (string | null | undefined)[]): string | null {
  return (
    times
      .filter((time) => typeof time === 'string')
      .sort()
      .at(-1) ?? null
  );
}

function dataOf(standings: readonly StageStanding[]): string | null {
  const made = standings.find(({ stage }) => stage === stageFolderName('dataset'));
  if (made?.state !== 'done' || !made.manifest) return null;
  return hashJson(made.manifest.files.map(({ path, sha256 }) => [path, sha256]));
}

function damagedRun(folder: string, name: string): RunSummary {
  return {
    ...{ name, folder, version: 1, under_way: null, status: 'damaged' },
    ...{ record: null, failure: null, worked_at: null, data: null, planned: null, stages: [] },
  };
}

/** Figures of an older version of the run are not figures of this run. */
function summarizeStage(
  { stage, state, reason, manifest }: StageStanding,
  createdAt: string | null,
): StageSummary {
  const nothing = { key: null, seconds: null, peak_memory_bytes: null, bytes: null, figures: {} };
  if (!manifest) return { stage, state, reason, taken_over: false, ...nothing };
  const { key, seconds, peak_memory_bytes, finished_at, borrowed = false, figures, files } = manifest;
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return {
    stage,
    key,
    state,
    reason,
    // Older manifests tell it by their date alone.
    taken_over: borrowed || (createdAt !== null && finished_at < createdAt),
    seconds,
    peak_memory_bytes,
    bytes,
    figures: state === 'done' ? figures : {},
  };
}

/** By their paths; none where the recipe cannot be read, which gets in the way of no list. */
function settingsOf(folder: string): Record<string, unknown> {
  try {
    return flatten(readRecipe(join(folder, recipeName)));
  } catch {
    return {};
  }
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

/** A row for each name of any run; those of one section or stage stand together, though only later runs have them. */
function rowsOf<T>(columns: Record<string, T>[]): { name: string; values: (T | undefined)[] }[] {
  const names = [...new Set(columns.flatMap((column) => Object.keys(column)))];
  const sections = [...new Set(names.map(sectionOf))];
  return names
    .sort((a, b) => sections.indexOf(sectionOf(a)) - sections.indexOf(sectionOf(b)))
    .map((name) => ({ name, values: columns.map((column) => column[name]) }));
}

/** `training` of `training.stages.0.epochs`, `07-evaluation` of `07-evaluation recall@10` */
function sectionOf(name: string): string {
  return name.split(/[. ]/, 1)[0];
}
