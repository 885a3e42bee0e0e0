import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { takeResult } from '../fine-tuning/peft-training.ts';
import { checkResult, resultFileName } from '../peft-job/check-result.ts';
import { type Job, jobFileName } from '../peft-job/job-file.ts';
import type { ResolvedRecipe } from '../recipe/resolve-recipe.ts';
import { folderOfRecipe } from '../runs/choose-version.ts';
import { claimRun } from '../runs/claim-run.ts';
import { writeManifest } from '../runs/manifest.ts';
import { checkRunName } from '../runs/run-name.ts';
import { closeStageFolder, prepareStageFolder } from '../runs/stage-folder.ts';
import { type StageName, stageFolderName } from '../runs/stage-names.ts';
import { UserError } from '../shared/errors.ts';
import type { Figures } from '../shared/reporter.ts';
import { stages } from '../stages/index.ts';
import { expectedKeys, keyInRun } from '../stages/stage-keys.ts';
import { isThere } from '../storage/is-there.ts';
import { makeFolder } from '../storage/make-folder.ts';

/**
 * Takes a result folder of the PyTorch engine into a run as its training stage. Throws a UserError where it is not
 * whole, or where its job was made from another recipe or from other stages than the run has now.
 */
export async function adoptResult({
  runsFolder,
  run: name,
  resolved,
  result,
}: {
  runsFolder: string;
  run: string;
  resolved: ResolvedRecipe;
  result: string;
}): Promise<{ folder: string; figures: Figures }> {
  const { recipe } = resolved;
  const checked = await checkResult(result);
  const prepared = folderOfRecipe(join(runsFolder, checkRunName(name)), resolved.hash);
  const { key, inputs } = await keyInRun(prepared, recipe, stages, 'training');
  checkOrigin(checked.job, key, result);
  const stageKeys = await expectedKeys(stages, recipe);
  const run = claimRun(runsFolder, name, resolved, { stageKeys, from: 'training' });
  try {
    const prepare = (stage: StageName, itsKey: string, anew: boolean) => {
      const place = {
        runsFolder: run.runsFolder,
        runFolder: run.folder,
        stageFolder: stageFolderName(stage),
      };
      prepareStageFolder({ ...place, key: itsKey, anew, onWarning: () => {} });
    };
    // Where the run has a model that answers, this is a new version, which takes the stages before from there.
    for (const [stage, itsKey] of Object.entries(inputs)) prepare(stage as StageName, itsKey, false);
    const folder = join(run.folder, stageFolderName('training'));
    prepare('training', key, true);
    for (const part of [
      ...checked.job.stages.map(({ folder: own }) => own),
      // Logs need not be brought back: the model is whole without them.
      ...(isThere(join(result, 'logs')) ? ['logs'] : []),
      jobFileName,
      resultFileName,
    ])
      copyPart(join(result, part), join(folder, part));
    const figures = await takeResult(folder, join(run.folder, stageFolderName('vocabulary')));
    await writeManifest(folder, {
      stage: 'training',
      key,
      inputs,
      figures,
      seconds: 0,
      peak_memory_bytes: checked.result.peak_memory_bytes,
    });
    closeStageFolder(folder);
    run.close('stopped', true);
    return { folder, figures };
  } catch (error) {
    run.close('failed');
    throw error;
  }
}

function checkOrigin({ stage_key }: Job, key: string, result: string): void {
  if (stage_key === key) return;
  throw new UserError(
    'job/another-run',
    'the result comes from a job with another recipe, other data or codes, or another version of eager-llm',
    {
      place: result,
      remedy: 'Adopt it into the run that the job was made from; after a change there, make the job again.',
    },
  );
}

function copyPart(from: string, to: string): void {
  makeFolder(join(to, '..'));
  // A link would point out of the run, to a file that does not belong to the stage.
  cpSync(from, to, { recursive: true, force: true, dereference: true });
}
