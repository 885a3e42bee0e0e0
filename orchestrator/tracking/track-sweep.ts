import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Recipe } from '../recipe/schema.ts';
import { messageOf } from '../shared/errors.ts';
import { isThere } from '../storage/is-there.ts';
import { type MlflowRequest, mlflowAt } from './mlflow-request.ts';
import {
  experimentId,
  logPoints,
  type MlflowStatus,
  sendArtefact,
  setStatus,
  sweepRun,
} from './mlflow-run.ts';
import type { Point } from './run-figures.ts';
import type { TrackerSettings } from './settings.ts';

/** What trackers are told of a whole sweep: the run that its runs stand below. Nothing here throws. */
export interface SweepTracking {
  /** How it ended, means by name (of a variant, `few/recall@10, seen removed`), and files of its folder. */
  close(status: MlflowStatus, means: ReadonlyMap<string, number>, files: readonly string[]): Promise<void>;
}

/** In milliseconds, for all that one tracker is told at a time. */
const patience = 15_000;

/**
 * Makes the sweep's run before any of its own begins: runs that begin side by side would each make one. One that is there,
 * of a sweep that was stopped, is under way again.
 */
export async function followSweep(
  sweep: string,
  { folder, recipes, tell }: { folder: string; recipes: readonly Recipe[]; tell: (text: string) => void },
): Promise<SweepTracking> {
  const trackers = new Map(
    recipes.flatMap(({ trackers = [] }) => trackers).map((each) => [JSON.stringify(each), each]),
  );
  const toAll = async (send: (ask: MlflowRequest, run: string) => Promise<void>) => {
    await Promise.all([...trackers.values()].map((each) => sendTo(each, sweep, send).catch(tellOf(each))));
  };
  const tellOf =
    ({ url }: TrackerSettings) =>
    (error: unknown) =>
      tell(`${url} was not told of the sweep: ${messageOf(error)}`);
  await toAll((ask, run) => setStatus(ask, run, 'RUNNING'));
  return {
    close: (status, means, files) =>
      toAll(async (ask, run) => {
        await logPoints(ask, run, pointsOf(means));
        for (const path of files)
          if (isThere(join(folder, path)))
            await sendArtefact(ask, run, path, readFileSync(join(folder, path)));
        await setStatus(ask, run, status, Date.now());
      }),
  };
}

async function sendTo(
  { url, experiment }: TrackerSettings,
  sweep: string,
  send: (ask: MlflowRequest, run: string) => Promise<void>,
): Promise<void> {
  const ask = mlflowAt(url, AbortSignal.timeout(patience));
  await send(ask, await sweepRun(ask, await experimentId(ask, experiment), sweep));
}

function pointsOf(means: ReadonlyMap<string, number>): Point[] {
  const timestamp = Date.now();
  return [...means].map(([key, value]) => ({ key, value, timestamp, step: 0 }));
}
