import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { resolveRecipe } from '../../orchestrator/recipe/resolve-recipe.ts';
import { type ExecuteRunOptions, executeRun } from '../../orchestrator/stages/execute-run.ts';
import type { StageResult } from '../../orchestrator/stages/run-stages.ts';
import type { StageEvent } from '../../orchestrator/stages/stage-event.ts';
import { smallRecipe } from '../recipe/with-recipes.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { stages, stagesModule } from './fixture-stages.ts';

export interface FixtureRuns {
  folder: string;
  /** File of the recipe, and of the data that it reads. */
  recipe: string;
  data: string;
  runsFolder: string;
  /** Runs the fixture's stages with these `--set`; the events are kept even when it throws. */
  start(
    settings?: string[],
    options?: Partial<ExecuteRunOptions>,
    events?: StageEvent[],
  ): Promise<StageResult[]>;
}

export function withRuns(t: ExecutionContext): FixtureRuns {
  const folder = temporaryFolder(t);
  const recipe = join(folder, 'own.yaml');
  const data = join(folder, 'data/log.txt');
  const runsFolder = join(folder, 'runs');
  mkdirSync(join(folder, 'data'));
  writeFileSync(data, 'a b c\n');
  writeFileSync(recipe, `evaluation: {cutoffs: [1]}\ndecoding: {num_beams: 3}\n${smallRecipe}`);
  return {
    folder,
    recipe,
    data,
    runsFolder,
    start: async (settings = [], { name = 'first', ...options } = {}, events = []) => {
      const resolved = resolveRecipe(recipe, { set: settings });
      const { results } = await executeRun({
        name,
        runsFolder,
        resolved,
        stages,
        module: stagesModule,
        onEvent: (event) => events.push(event),
        ...options,
      });
      return results;
    },
  };
}
