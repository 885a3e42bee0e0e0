import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Recipe } from '../recipe/schema.ts';
import { recordName } from '../runs/run-files.ts';
import { type RunRecord, type RunStatus, readRunRecord } from '../runs/run-record.ts';
import { partFolder } from '../training/part-folder.ts';
import { type MlflowRequest, mlflowAt } from './mlflow-request.ts';
import {
  createRun,
  experimentId,
  hasRun,
  logParameters,
  logPoints,
  type MlflowStatus,
  sendArtefact,
  setStatus,
  sweepRun,
} from './mlflow-run.ts';
import { eventPoints, runArtefacts, runParameters, trainingPoints } from './run-figures.ts';
import type { TrackerSettings } from './settings.ts';
import { readTracking, type TrackerRecord, withTracker, writeTracking } from './tracking-record.ts';

const statuses: Record<RunStatus, MlflowStatus> = {
  running: 'RUNNING',
  finished: 'FINISHED',
  stopped: 'KILLED',
  failed: 'FAILED',
};

/** What was sent; `artefacts` null where the server keeps them at a place that only its own clients reach. */
export interface Tracked {
  run_id: string;
  points: number;
  artefacts: number | null;
}

/**
 * Sends what a tracker does not have yet of a run: parameters, figures of stages, the log of training, and, once it has
 * ended, its state and artefacts. What was sent is written down after each step, so that it may be stopped anywhere and
 * called again.
 */
export async function trackRun(
  folder: string,
  recipe: Recipe,
  { url, experiment }: TrackerSettings,
  signal: AbortSignal,
): Promise<Tracked> {
  const ask = mlflowAt(url, signal);
  const record = readRunRecord(join(folder, recordName));
  const own = await runThere(ask, { folder, recipe, record, url, experiment });
  const save = () => writeTracking(folder, withTracker(readTracking(folder), own));
  let sent = 0;
  const send = async (points: Parameters<typeof logPoints>[2]) => {
    await logPoints(ask, own.run_id, points);
    sent += points.length;
  };
  const { points, events } = eventPoints(folder, own.events);
  await send(points);
  own.events = events;
  save();
  for (const [at, settings] of recipe.training.stages.entries()) {
    const part = partFolder(at, settings);
    const logged = trainingPoints(folder, part, own.steps[part] ?? -1);
    if (logged.length === 0) continue;
    await send(logged);
    own.steps[part] = Math.max(...logged.map(({ step }) => step));
    save();
  }
  const { status, updated_at } = record;
  if (status === 'running') return { run_id: own.run_id, points: sent, artefacts: 0 };
  let artefacts: number | null = 0;
  for (const path of runArtefacts(folder)) {
    const kept = await sendArtefact(ask, own.run_id, path, readFileSync(join(folder, path)));
    artefacts = kept === null || artefacts === null ? null : artefacts + 1;
  }
  await setStatus(ask, own.run_id, statuses[status], Date.parse(updated_at));
  return { run_id: own.run_id, points: sent, artefacts };
}

/** The run on the server: the one of before, where it is there and for the same recipe, or a new one. */
async function runThere(
  ask: MlflowRequest,
  given: { folder: string; recipe: Recipe; record: RunRecord; url: string; experiment: string },
): Promise<TrackerRecord> {
  const { folder, recipe, record, url, experiment } = given;
  const { trackers, sweep } = readTracking(folder);
  const known = trackers.find((each) => each.url === url && each.experiment === experiment);
  if (known?.recipe_hash === record.recipe_hash && (await hasRun(ask, known.run_id))) {
    if (record.status === 'running') await setStatus(ask, known.run_id, 'RUNNING');
    return { ...known, steps: { ...known.steps } };
  }
  const id = await experimentId(ask, experiment);
  const parent = sweep === null ? null : await sweepRun(ask, id, sweep);
  const run_id = await createRun(ask, {
    experiment: id,
    name: record.name,
    startTime: Date.parse(record.created_at),
    tags: {
      eager_llm_run: record.name,
      ...(record.commit ? { 'mlflow.source.git.commit': record.commit } : {}),
      ...(parent === null ? {} : { 'mlflow.parentRunId': parent }),
    },
  });
  const own = { url, experiment, run_id, recipe_hash: record.recipe_hash, events: 0, steps: {} };
  await logParameters(ask, run_id, runParameters(recipe));
  writeTracking(folder, withTracker(readTracking(folder), own));
  return own;
}
