import { settleContinuation } from '../continuation/settle-continuation.ts';
import { StageStopped } from '../process/outcomes.ts';
import type { ResolvedRecipe } from '../recipe/resolve-recipe.ts';
import type { Recipe } from '../recipe/schema.ts';
import { type ClaimOptions, claimRun, type Run } from '../runs/claim-run.ts';
import { trainedAsLong } from '../runs/trained-as-long.ts';
import { type Following, followRun } from '../tracking/follow-run.ts';
import { keepRanker, takeRanker } from './keep-ranker.ts';
import { type RunStagesOptions, runStages, type StageResult } from './run-stages.ts';
import { keepSnapshot, settleSource } from './settle-source.ts';
import type { StageEvent } from './stage-event.ts';
import { expectedKeys } from './stage-keys.ts';

export interface ExecuteRunOptions
  extends Omit<RunStagesOptions, 'run' | 'recipe' | 'expected'>,
    Pick<ClaimOptions, 'version' | 'keepVersions'> {
  name: string;
  runsFolder: string;
  resolved: ResolvedRecipe;
  /** Called before the first stage, with the version that is worked on. */
  onOpen?: ((run: Run) => void) | undefined;
  /** The sweep that it belongs to, for trackers. */
  sweep?: string | undefined;
}

export interface ExecutedRun {
  run: string;
  version: number;
  /** Of the version. */
  folder: string;
  results: StageResult[];
}

/**
 * Opens a run, takes it through its stages and writes down how it ended. A run that can answer goes on doing so: what
 * would change it is made in a new version. Throws what a stage threw.
 */
export async function executeRun(options: ExecuteRunOptions): Promise<ExecutedRun> {
  const { name, runsFolder, stages, from, version, keepVersions, onOpen } = options;
  const { resolved, vouchedBy } = trainedAsLong(options.resolved, runsFolder);
  const settled = await settleSource(await settleContinuation(resolved, runsFolder), {
    name,
    runsFolder,
    from,
    report: (message) => options.onEvent({ stage: 'dataset', ...message }),
    signal: options.stop,
  });
  const { recipe } = settled;
  const stageKeys = await expectedKeys(stages, recipe);
  const run = claimRun(runsFolder, name, settled, { stageKeys, from, version, keepVersions, vouchedBy });
  const following = followed(run, recipe, options);
  const onEvent = (event: StageEvent) => {
    options.onEvent(event);
    following.wake(event.type === 'stage-finished' || event.type === 'stage-reused');
  };
  let results: StageResult[];
  try {
    onOpen?.(run);
    if (recipe.dataset.format === 'sql') keepSnapshot(run.root, recipe.dataset);
    await takeRanker(run.folder, runsFolder, recipe);
    results = await runStages({ ...options, onEvent, run, recipe, expected: stageKeys });
    await keepRanker(run.folder);
  } catch (error) {
    try {
      run.close(error instanceof StageStopped ? 'stopped' : 'failed');
    } catch {
      // On a full disk this cannot be written either; the first error is reported.
    }
    await following.close();
    throw error;
  }
  run.close('finished');
  await following.close();
  return { run: run.name, version: run.version, folder: run.folder, results };
}

/** Trackers are told of a run beside its work; where one is not, that is a warning and nothing else. */
function followed(run: Run, recipe: Recipe, { sweep, onEvent }: ExecuteRunOptions): Following {
  return followRun({
    folder: run.folder,
    name: `${run.name}@${run.version}`,
    recipe,
    sweep,
    tell: (text) => onEvent({ stage: 'evaluation', type: 'warning', text }),
  });
}
