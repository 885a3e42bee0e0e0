import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { resolveRecipe } from '../../orchestrator/recipe/resolve-recipe.ts';
import { type ClaimOptions, claimRun, type Run } from '../../orchestrator/runs/claim-run.ts';
import { writeManifest } from '../../orchestrator/runs/manifest.ts';
import { lockName } from '../../orchestrator/runs/run-files.ts';
import { closeStageFolder, prepareStageFolder } from '../../orchestrator/runs/stage-folder.ts';
import { stageFolderName } from '../../orchestrator/runs/stage-names.ts';
import { smallRecipe, withRecipes } from '../recipe/with-recipes.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const stages = ['dataset', 'training', 'evaluation'] as const;

/** The key of each stage, which is also what its file holds. */
export type Keys = Record<(typeof stages)[number], string>;

export interface MakeOptions extends Pick<ClaimOptions, 'from' | 'version' | 'keepVersions'> {
  until?: (typeof stages)[number];
  end?: 'finished' | 'failed' | 'killed';
  set?: string[];
}

export interface MadeRuns {
  runsFolder: string;
  /** Makes the run `shop` as the command does, without processes; gives its version and the stages that were made. */
  make(keys: Keys, options?: MakeOptions): Promise<{ version: number; made: string[] }>;
  /** Only opens it. */
  open(keys: Keys, options?: MakeOptions): Run;
}

export function withMadeRuns(t: ExecutionContext): MadeRuns {
  const file = withRecipes(t, { 'own.yaml': smallRecipe })('own.yaml');
  const runsFolder = temporaryFolder(t);
  // The seed stands for all settings: other keys, another recipe.
  const seeds = new Map<string, number>();
  const open: MadeRuns['open'] = (keys, { from, version, keepVersions, set = [] } = {}) => {
    const text = JSON.stringify(keys);
    seeds.set(text, seeds.get(text) ?? seeds.size + 1);
    const resolved = resolveRecipe(file, { set: [`seed=${seeds.get(text)}`, ...set] });
    const stageKeys = Object.fromEntries(stages.map((stage) => [stageFolderName(stage), keys[stage]]));
    return claimRun(runsFolder, 'shop', resolved, { stageKeys, from, version, keepVersions });
  };
  return {
    runsFolder,
    open,
    make: async (keys, options = {}) => {
      const { from, until = 'evaluation', end = 'finished' } = options;
      const run = open(keys, options);
      const made: string[] = [];
      for (const stage of stages.slice(0, stages.indexOf(until) + 1)) {
        const anew = from !== undefined && stages.indexOf(stage) >= stages.indexOf(from as 'dataset');
        if (await makeStage(run, stage, keys[stage], anew)) made.push(stage);
      }
      if (end === 'killed') kill(run);
      else run.close(end);
      return { version: run.version, made };
    },
  };
}

async function makeStage(run: Run, stage: string, key: string, anew: boolean): Promise<boolean> {
  const stageFolder = stageFolderName(stage as 'dataset');
  const { runsFolder, folder: runFolder } = run;
  const onWarning = () => {};
  if (prepareStageFolder({ runsFolder, runFolder, stageFolder, key, anew, onWarning }).state === 'done')
    return false;
  const folder = join(runFolder, stageFolder);
  writeFileSync(join(folder, 'made.txt'), key);
  const figures: Record<string, number> = stage === 'evaluation' ? { 'recall@10': 0.25 } : {};
  await writeManifest(folder, { stage, key, inputs: {}, figures, seconds: 1, peak_memory_bytes: 1 });
  closeStageFolder(folder);
  return true;
}

/** The process is gone: nothing was recorded, and the system let go of the lock. */
export function kill(run: Run): void {
  run.log.close();
  rmSync(join(run.root, lockName));
}
