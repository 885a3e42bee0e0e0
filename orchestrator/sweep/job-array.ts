import { join } from 'node:path';
import { launcherOf } from '../launch/launchers/index.ts';
import type { LauncherArray, LauncherSettings } from '../launch/launchers/launcher.ts';
import { findPython } from '../launch/python-environment.ts';
import { resultFileName } from '../peft-job/check-result.ts';
import { jobFileName, readJobFile } from '../peft-job/job-file.ts';
import { folderOfRecipe } from '../runs/choose-version.ts';
import { isStageFinished } from '../runs/stage-folder.ts';
import { stageFolderName } from '../runs/stage-names.ts';
import { UserError } from '../shared/errors.ts';
import { stages } from '../stages/index.ts';
import { keyInRun } from '../stages/stage-keys.ts';
import { writeFileAtomic } from '../storage/atomic-file.ts';
import { isThere } from '../storage/is-there.ts';
import { makeFolder } from '../storage/make-folder.ts';
import { adoptResult } from '../training-jobs/adopt-result.ts';
import { jobOfRun } from '../training-jobs/job-of-run.ts';
import type { PlannedRun, SweepPlan } from './plan-sweep.ts';

/** How the training of a run stands. */
export interface ArrayTask {
  run: string;
  /** `shared`: an earlier run has the same training; `begun`: its result is not finished; `refused`: it is no good. */
  state: 'to be trained' | 'begun' | 'adopted' | 'trained' | 'shared' | 'refused';
  /** Why a result was refused. */
  problem?: UserError;
}

/** Whether the cluster has work to do for a task. */
export function isLeft({ state }: ArrayTask): boolean {
  return state === 'to be trained' || state === 'begun';
}

/** How the trainings of a sweep are submitted together. */
export interface ArrayPlan {
  array: LauncherArray;
  settings: LauncherSettings;
  python: string;
}

/**
 * Looked at before any work: throws a UserError unless all runs are for PyTorch, start alike as batch jobs, and there
 * is a Python to train with.
 */
export function checkArray({ runs }: SweepPlan): ArrayPlan {
  const settings = runs[0].resolved.recipe.launcher;
  for (const run of runs) {
    arrayOf(run);
    if (JSON.stringify(run.resolved.recipe.launcher) !== JSON.stringify(settings))
      throw new UserError('array/launchers-differ', 'all jobs of an array are started alike', {
        place: run.name,
        remedy: 'Set launcher for all variants, or submit this one by itself: eager-llm run.',
      });
  }
  return { array: arrayOf(runs[0]), settings, python: findPython(settings.python) };
}

function arrayOf({ name, resolved }: PlannedRun): LauncherArray {
  const { engine, launcher } = resolved.recipe;
  const { array } = launcherOf(launcher);
  if (engine === 'peft' && array) return array;
  throw new UserError('array/not-for-slurm', 'an array of batch jobs trains with PyTorch under slurm', {
    place: name,
    remedy: 'Add --set engine=peft --set launcher.kind=slurm, or set both in the sweep.',
  });
}

/**
 * Writes the trainings of a sweep, done up to prompts, as job folders with one script that submits them all, and takes
 * back the results that are there. To be called again after the cluster has worked: what is adopted leaves the script.
 */
export async function writeJobArray(
  plan: SweepPlan,
  runsFolder: string,
  folder: string,
): Promise<ArrayTask[]> {
  const { array, settings, python } = checkArray(plan);
  makeFolder(folder);
  const seen = new Set<string>();
  const tasks: ArrayTask[] = [];
  for (const run of plan.runs) {
    const prepared = folderOfRecipe(join(runsFolder, run.name), run.resolved.hash);
    const { key } = await keyInRun(prepared, run.resolved.recipe, stages, 'training');
    const task = array.taskFolders(join(folder, run.name));
    const stands = seen.has(key) ? { state: 'shared' as const } : await stateOf(run, key, runsFolder, task);
    seen.add(key);
    tasks.push({ run: run.name, ...stands });
  }
  const names = tasks.filter(isLeft).map(({ run }) => run);
  if (names.length > 0)
    writeFileAtomic(join(folder, array.fileName), array.script({ settings, python, names }));
  return tasks;
}

/** Makes the job of a training, unless that is done: here, or on the cluster and now adopted. */
async function stateOf(
  { name, resolved }: PlannedRun,
  key: string,
  runsFolder: string,
  { job, result }: { job: string; result: string },
): Promise<Omit<ArrayTask, 'run'>> {
  const prepared = folderOfRecipe(join(runsFolder, name), resolved.hash);
  const training = join(prepared, stageFolderName('training'));
  if (await isStageFinished(training, key)) return { state: 'trained' };
  if (!isThere(join(job, jobFileName))) {
    await jobOfRun(prepared, resolved.recipe, job);
    return { state: 'to be trained' };
  }
  if (readJobFile(job).stage_key !== key)
    throw new UserError('array/another-job', 'this job was made from other settings, data or codes', {
      place: job,
      remedy: 'Name a new folder for the array, or delete this job and its result.',
    });
  if (!isThere(join(result, resultFileName))) return { state: isThere(result) ? 'begun' : 'to be trained' };
  try {
    await adoptResult({ runsFolder, run: name, resolved, result });
    return { state: 'adopted' };
  } catch (error) {
    // Half of a copy, say: the results of the others are taken all the same.
    if (!(error instanceof UserError)) throw error;
    return { state: 'refused', problem: error };
  }
}
