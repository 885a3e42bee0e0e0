import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { endOrphan } from '../process/orphan.ts';
import { StageStopped } from '../process/outcomes.ts';
import { runStageProcess } from '../process/run-stage-process.ts';
import type { Recipe } from '../recipe/schema.ts';
import { secondsOfAttempts } from '../runs/attempts.ts';
import { isNeeded } from '../runs/can-answer.ts';
import type { Run } from '../runs/claim-run.ts';
import { readEvents } from '../runs/event-log.ts';
import { readManifest, writeManifest } from '../runs/manifest.ts';
import { eventsName, workerName } from '../runs/run-files.ts';
import { closeStageFolder, findDamagedCopies, prepareStageFolder } from '../runs/stage-folder.ts';
import { type StageName, stageNames } from '../runs/stage-names.ts';
import { recordOpening } from '../runs/test-openings.ts';
import { type ErrorDetails, messageOf, UserError } from '../shared/errors.ts';
import type { Figures, Reporter } from '../shared/reporter.ts';
import type { Stage } from './define-stage.ts';
import { planStages } from './plan-stages.ts';
import type { StageEvent } from './stage-event.ts';
import { expectedKeys, findStageKey, modelNotFound } from './stage-keys.ts';

export interface RunStagesOptions {
  run: Run;
  recipe: Recipe;
  /** See `expectedKeys`. */
  expected: Record<string, string | null>;
  stages: readonly Stage[];
  /** URL of the module that exports these `stages`; the stages' processes import it. */
  module: string;
  /** The last stage to run. */
  until?: StageName | undefined;
  /** This stage and all later ones are re-run. */
  from?: StageName | undefined;
  onEvent: (event: StageEvent) => void;
  /** Processor threads of a stage; all cores by default. */
  threads?: number | undefined;
  /** When a stage's work may begin, if several runs go in parallel; `key` is the stage's. At once by default. */
  turn?: Turn | undefined;
  stop?: AbortSignal | undefined;
  kill?: AbortSignal | undefined;
}

export type Turn = <T>(key: string, work: () => Promise<T>) => Promise<T>;

export interface StageResult {
  stage: StageName;
  folder: string;
  key: string;
  reused: boolean;
  figures: Figures;
  seconds: number;
}

/** Runs the stages in their order, each in its own process; finished ones are reused, those without work left out. */
export async function runStages(options: RunStagesOptions): Promise<StageResult[]> {
  const { run, until, from } = options;
  const stages = planStages(options.stages, options.recipe);
  // One for all versions, as there is one lock.
  const workerFile = join(run.root, workerName);
  await endOrphan(workerFile);
  for (const stage of options.stages)
    if (!stages.some(({ name }) => name === stage.name)) removeStage(run, stage);
  const expected = { ...options.expected };
  const wanted = until ? stages.filter(({ name }) => !isBefore(until, name)) : stages;
  const results = new Map<StageName, StageResult>();
  for (const stage of wanted) {
    const emit = (event: DistributiveOmit<StageEvent, 'stage'>) => {
      const whole = { stage: stage.name, ...event } as StageEvent;
      run.log.append(whole);
      options.onEvent(whole);
    };
    const leftOut = stage.leftOut?.(options.recipe);
    if (leftOut) {
      removeStage(run, stage);
      emit({ type: 'note', text: `${stage.name} ${leftOut}` });
      continue;
    }
    try {
      const anew = from !== undefined && !isBefore(stage.name, from);
      const surroundings = { results, expected, workerFile, anew, emit };
      results.set(stage.name, await runStage(stage, { ...options, stages }, surroundings));
    } catch (error) {
      try {
        if (error instanceof StageStopped) emit({ type: 'stage-stopped' });
        else emit({ type: 'stage-failed', message: messageOf(error), ...adviceOf(error) });
      } catch {
        // On a full disk the log cannot be written; the first error is reported.
      }
      throw error;
    } finally {
      // The process has ended; only a kill of this one leaves the file behind.
      rmSync(workerFile, { force: true });
    }
  }
  return [...results.values()];
}

/** What another recipe left there is of another model. */
function removeStage(run: Run, stage: Stage): void {
  rmSync(join(run.folder, stage.folder), { recursive: true, force: true });
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

interface StageSurroundings {
  results: Map<StageName, StageResult>;
  /** By folder; see `expectedKeys`. */
  expected: Record<string, string | null>;
  workerFile: string;
  anew: boolean;
  emit: (event: DistributiveOmit<StageEvent, 'stage'>) => void;
}

async function runStage(
  stage: Stage,
  options: RunStagesOptions,
  surroundings: StageSurroundings,
): Promise<StageResult> {
  const { run, recipe, stages, stop, turn = (_key, work) => work() } = options;
  const { results, expected, emit } = surroundings;
  const inputs = stage.inputs.map((name) => {
    const result = results.get(name);
    if (!result) throw new Error(`the stage ${stage.name} reads ${name}, which does not come before it`);
    return result;
  });
  const key = await keyOf(stage, recipe, keysOf(inputs), { report: emit, signal: stop });
  if (expected[stage.folder] !== key) {
    checkNotReplaced(run, stage, key);
    // A file was written to, or a model has come from the hub.
    Object.assign(expected, await expectedKeys(stages, recipe), { [stage.folder]: key });
    run.expectKeys(expected);
  }
  return turn(key, () => makeOrReuse(stage, key, inputs, options, surroundings));
}

/** Fetches a model of a hub where its content is asked for. */
async function keyOf(
  stage: Stage,
  recipe: Recipe,
  inputs: Record<string, string>,
  access: { report: Reporter; signal: AbortSignal | undefined },
): Promise<string> {
  try {
    const key = await findStageKey(stage, recipe, inputs, access);
    if (key !== null) return key;
  } catch (error) {
    if (access.signal?.aborted) throw new StageStopped(stage.name);
    throw error;
  }
  throw modelNotFound(stage.name);
}

async function makeOrReuse(
  stage: Stage,
  key: string,
  inputs: readonly StageResult[],
  { run, recipe, stages, module, threads, stop, kill }: RunStagesOptions,
  { workerFile, anew, emit }: StageSurroundings,
): Promise<StageResult> {
  if (stop?.aborted || kill?.aborted) throw new StageStopped(stage.name);
  const folder = join(run.folder, stage.folder);
  const place = { runsFolder: run.runsFolder, runFolder: run.folder, stageFolder: stage.folder, key };
  const prepared = prepareStageFolder({
    ...place,
    anew,
    damaged: anew ? new Map() : await findDamagedCopies(place),
    onWarning: (text) => emit({ type: 'warning', text }),
  });
  const number = stages.indexOf(stage) + 1;
  const count = stages.length;
  if (prepared.state === 'done') {
    const { figures, seconds } = prepared.manifest;
    emit({ type: 'stage-reused', number, count, figures, seconds, borrowed_from: prepared.borrowedFrom });
    return { stage: stage.name, folder, key, reused: true, figures, seconds };
  }

  const before = prepared.resumed
    ? secondsOfAttempts(readEvents(join(run.folder, eventsName)), stage.name)
    : 0;
  if (stage.opensTest?.(recipe)) recordOpening(run.folder, { key, resumed: prepared.resumed });
  emit({ type: 'stage-started', number, count, resumed: prepared.resumed });
  const start = performance.now();
  const { figures, peak_memory_bytes } = await runStageProcess({
    module,
    stage: stage.name,
    recipe,
    folder,
    inputFolders: Object.fromEntries(inputs.map((input) => [input.stage, input.folder])),
    threads,
    workerFile,
    report: emit,
    stop,
    kill,
  });
  await checkUnchanged(stage, key, recipe, keysOf(inputs), folder);
  const seconds = Math.round(1000 * before + performance.now() - start) / 1000;
  await writeManifest(folder, {
    stage: stage.name,
    key,
    inputs: keysOf(inputs),
    figures,
    seconds,
    peak_memory_bytes,
  });
  closeStageFolder(folder);
  emit({ type: 'stage-finished', figures, seconds, peak_memory_bytes });
  return { stage: stage.name, folder, key, reused: false, figures, seconds };
}

/** What answers is not replaced. That needs a new version, which was not foreseen when the run was opened. */
function checkNotReplaced(run: Run, stage: Stage, key: string): void {
  if (run.version !== run.answering || !isNeeded(stage.folder)) return;
  if (readManifest(join(run.folder, stage.folder))?.key === key) return;
  throw new UserError('runs/input-changed', 'files that the stage reads were changed when the run began', {
    place: stage.name,
    remedy: 'Run the same command again: it makes a new version of the run, beside the one that answers.',
  });
}

/** A result made while the stage's input files changed belongs to no key. */
async function checkUnchanged(
  stage: Stage,
  key: string,
  recipe: Recipe,
  inputs: Record<string, string>,
  folder: string,
): Promise<void> {
  if ((await findStageKey(stage, recipe, inputs, 'what is here')) === key) return;
  // Nor is it resumed.
  closeStageFolder(folder);
  throw new UserError('runs/input-changed', 'files that the stage reads were changed while it ran', {
    place: stage.name,
    remedy: 'Wait until they are complete, then run the same command again to rebuild the stage.',
  });
}

function keysOf(inputs: readonly StageResult[]): Record<string, string> {
  return Object.fromEntries(inputs.map(({ stage, key }) => [stage, key]));
}

/** By the order of all stages: either may be no part of this run. */
function isBefore(name: StageName, other: StageName): boolean {
  return stageNames.indexOf(name) < stageNames.indexOf(other);
}

function adviceOf(error: unknown): Pick<ErrorDetails, 'place' | 'remedy'> {
  if (!(error instanceof UserError)) return {};
  const { place, remedy } = error;
  return { place, remedy };
}
