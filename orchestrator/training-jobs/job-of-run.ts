import { join } from 'node:path';
import { writePeftJob } from '../fine-tuning/peft-job.ts';
import type { Job } from '../peft-job/job-file.ts';
import type { Recipe } from '../recipe/schema.ts';
import { stageFolderName } from '../runs/stage-names.ts';
import { UserError } from '../shared/errors.ts';
import { silentReporter } from '../shared/reporter.ts';
import { stages } from '../stages/index.ts';
import { keyInRun } from '../stages/stage-keys.ts';

/** Writes the training of a run, done up to its prompts, as a job that can be adopted back into it. */
export async function jobOfRun(runFolder: string, recipe: Recipe, folder: string): Promise<Job> {
  if (recipe.engine !== 'peft')
    throw new UserError('job/engine', "the run's engine is node, and a job is for PyTorch", {
      place: join(runFolder, 'recipe.yaml'),
      remedy: 'Run the recipe with --set engine=peft --until prompts, then make the job.',
    });
  const { key } = await keyInRun(runFolder, recipe, stages, 'training');
  return writePeftJob(folder, {
    recipe,
    inputFolder: (stage) => join(runFolder, stageFolderName(stage)),
    stageKey: key,
    report: silentReporter,
  });
}
