import { join } from 'node:path';
import { findPython } from '../launch/python-environment.ts';
import { arrayScript, taskFolders } from '../launch/slurm-array.ts';
import { resultFileName } from '../peft-job/check-result.ts';
import { jobFileName, readJobFile } from '../peft-job/job-file.ts';
import type { LauncherOf } from '../recipe/sections/launcher.ts';
import { isStageFinished } from '../runs/stage-folder.ts';
import { UserError } from '../shared/errors.ts';
import { adoptResult } from '../stages/adopt-result.ts';
import { stageFolderName } from '../stages/define-stage.ts';
import { stages } from '../stages/index.ts';
import { jobOfRun } from '../stages/job-of-run.ts';
import { keyInRun } from '../stages/stage-keys.ts';
import { writeFileAtomic } from '../storage/atomic-file.ts';
import { isThere } from '../storage/is-there.ts';
import { makeFolder } from '../storage/make-folder.ts';
import type { PlannedRun, SweepPlan } from './plan-sweep.ts';

/** How the training of a run stands. */
export interface ArrayTask {
  run: string;
  /** `shared`: an earlier run has the same training. */
  state: 'to be trained' | 'adopted' | 'trained' | 'shared';
}

/** What is submitted, in the folder of the array. */
export const arrayFileName = 'train.sbatch';

/**
 * Looked at before any work: throws a UserError unless all runs are for PyTorch, start alike as batch jobs, and there
 * is a Python to train with.
 */
export function checkArray({ runs }: SweepPlan): { launcher: LauncherOf<'slurm'>; python: string } {
  for (const { name, resolved } of runs) {
    const { engine, launcher } = resolved.recipe;
    if (engine !== 'peft' || launcher.kind !== 'slurm')
      throw new UserError('array/not-for-slurm', 'an array of batch jobs trains with PyTorch under slurm', {
        place: name,
        remedy: 'Add --set engine=peft --set launcher.kind=slurm, or set both in the sweep.',
      });
    if (JSON.stringify(launcher) !== JSON.stringify(runs[0].resolved.recipe.launcher))
      throw new UserError('array/launchers-differ', 'all jobs of an array are started alike', {
        place: name,
        remedy: 'Set launcher for all variants, or submit this one by itself: eager-llm run.',
      });
  }
  const launcher = runs[0].resolved.recipe.launcher as LauncherOf<'slurm'>;
  return { launcher, python: findPython(launcher.python) };
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
  const { launcher, python } = checkArray(plan);
  makeFolder(folder);
  const seen = new Set<string>();
  const tasks: ArrayTask[] = [];
  for (const run of plan.runs) {
    const { key } = await keyInRun(join(runsFolder, run.name), run.resolved.recipe, stages, 'training');
    const state = seen.has(key) ? 'shared' : await stateOf(run, key, runsFolder, folder);
    seen.add(key);
    tasks.push({ run: run.name, state });
  }
  const names = tasks.filter(({ state }) => state === 'to be trained').map(({ run }) => run);
  if (names.length > 0)
    writeFileAtomic(join(folder, arrayFileName), arrayScript({ launcher, python, names }));
  return tasks;
}

/** Makes the job of a training, unless that is done: here, or on the cluster and now adopted. */
async function stateOf(
  { name, resolved }: PlannedRun,
  key: string,
  runsFolder: string,
  folder: string,
): Promise<ArrayTask['state']> {
  const training = join(runsFolder, name, stageFolderName('training'));
  if (await isStageFinished(training, key)) return 'trained';
  const { job, result } = taskFolders(join(folder, name));
  if (!isThere(join(job, jobFileName))) {
    await jobOfRun(join(runsFolder, name), resolved.recipe, job);
    return 'to be trained';
  }
  if (readJobFile(job).stage_key !== key)
    throw new UserError('array/another-job', 'this job was made from other settings, data or codes', {
      place: job,
      remedy: 'Name a new folder for the array, or delete this job and its result.',
    });
  if (!isThere(join(result, resultFileName))) return 'to be trained';
  await adoptResult({ runsFolder, run: name, resolved, result });
  return 'adopted';
}
