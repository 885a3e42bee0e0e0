import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type EvaluationResult, readResult, resultFile } from '../../evaluation/result.ts';
import { checkIntact } from '../../runs/check-intact.ts';
import { type RunSummary, showRun } from '../../runs/read-runs.ts';
import { composedName, recipeName } from '../../runs/run-files.ts';
import { stageFolderName } from '../../runs/stage-names.ts';

/** One run with what it led to. */
export interface InspectedRun {
  run: RunSummary;
  /** The recipe as it was composed on the page, or else with every default filled in. */
  recipe: string;
  /** Null until it is evaluated, and if the evaluation is of an earlier version of the run. */
  evaluation: EvaluationResult | null;
}

/** Throws a UserError where there is no such run, and for figures that were changed since. */
export function inspectRun(runsFolder: string, name: string): InspectedRun {
  const run = showRun(runsFolder, name);
  const metrics = join(run.folder, stageFolderName('evaluation'), resultFile);
  const [recipe = ''] = [composedName, recipeName]
    .map((file) => join(run.folder, file))
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, 'utf8'));
  const isEvaluated = run.stages.some(
    ({ stage, state }) => stage === stageFolderName('evaluation') && state === 'done',
  );
  if (isEvaluated) checkIntact(dirname(metrics), [resultFile]);
  return { run, recipe, evaluation: isEvaluated ? readResult(metrics) : null };
}
