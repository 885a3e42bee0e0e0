import { settleContinuation } from '../continuation/settle-continuation.ts';
import { StageStopped } from '../process/outcomes.ts';
import type { ResolvedRecipe } from '../recipe/resolve-recipe.ts';
import { openRun } from '../runs/open-run.ts';
import { trainedAsLong } from '../runs/trained-as-long.ts';
import { type RunStagesOptions, runStages, type StageResult } from './run-stages.ts';

export interface ExecuteRunOptions extends Omit<RunStagesOptions, 'run' | 'recipe'> {
  name: string;
  runsFolder: string;
  resolved: ResolvedRecipe;
}

/** Opens a run, takes it through its stages and writes down how it ended. Throws what a stage threw. */
export async function executeRun({
  name,
  runsFolder,
  resolved: asked,
  ...options
}: ExecuteRunOptions): Promise<{
  run: string;
  folder: string;
  results: StageResult[];
}> {
  const { resolved, vouchedBy } = trainedAsLong(asked, runsFolder);
  const settled = settleContinuation(resolved, runsFolder, name);
  const run = openRun(runsFolder, name, settled, vouchedBy);
  let results: StageResult[];
  try {
    results = await runStages({ ...options, run, recipe: settled.recipe });
  } catch (error) {
    try {
      run.close(error instanceof StageStopped ? 'stopped' : 'failed');
    } catch {
      // On a full disk this cannot be written either; the first error is reported.
    }
    throw error;
  }
  run.close('finished');
  return { run: run.name, folder: run.folder, results };
}
