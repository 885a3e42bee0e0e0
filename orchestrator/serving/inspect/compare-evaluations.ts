import { join } from 'node:path';
import {
  differencesOfRuns,
  type RankedRun,
  type RunDifferences,
} from '../../evaluation/differences-of-runs.ts';
import { ranksFile, readRanks } from '../../evaluation/ranks-file.ts';
import { readResult, resultFile } from '../../evaluation/result.ts';
import { checkIntact } from '../../runs/check-intact.ts';
import { type RunSummary, showRun } from '../../runs/read-runs.ts';
import { stageFolderName } from '../../runs/stage-names.ts';
import { isThere } from '../../storage/is-there.ts';

export type { RunDifferences };

/** How far runs are above or below the first that is evaluated, among those of the same data; null where nothing compares. */
export async function compareEvaluations(
  runsFolder: string,
  names: readonly string[],
): Promise<RunDifferences | null> {
  const evaluated = names.map((name) => showRun(runsFolder, name)).filter(isRanked);
  const [first] = evaluated;
  if (!first) return null;
  return differencesOfRuns(evaluated.filter(({ data }) => data === first.data).map(rankedRun));
}

/** Evaluations of before ranks were kept have none. */
function isRanked({ folder, stages }: RunSummary): boolean {
  const evaluation = stageFolderName('evaluation');
  const isDone = stages.some(({ stage, state }) => stage === evaluation && state === 'done');
  return isDone && isThere(join(folder, evaluation, ranksFile));
}

function rankedRun({ name, folder }: RunSummary): RankedRun {
  const evaluation = join(folder, stageFolderName('evaluation'));
  checkIntact(evaluation, [resultFile, ranksFile]);
  return { name, result: readResult(join(evaluation, resultFile)), ranks: readRanks(evaluation) };
}
