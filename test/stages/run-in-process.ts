import { join } from 'node:path';
import { resolveRecipe } from '../../orchestrator/recipe/resolve-recipe.ts';
import { claimRun } from '../../orchestrator/runs/claim-run.ts';
import { writeManifest } from '../../orchestrator/runs/manifest.ts';
import { closeStageFolder, prepareStageFolder } from '../../orchestrator/runs/stage-folder.ts';
import { stages } from '../../orchestrator/stages/index.ts';
import { planStages } from '../../orchestrator/stages/plan-stages.ts';
import { expectedKeys } from '../../orchestrator/stages/stage-keys.ts';

/** A run as the command makes it, its stages in this process one after the other; gives its folder. */
export async function runInProcess(
  runsFolder: string,
  file: string,
  options: { set: string[]; env?: Record<string, string> },
): Promise<string> {
  const resolved = resolveRecipe(file, options);
  const { recipe } = resolved;
  const stageKeys = await expectedKeys(stages, recipe);
  const run = claimRun(runsFolder, recipe.name, resolved, { stageKeys });
  for (const { name, folder: stageFolder, inputs, run: work } of planStages(stages, recipe)) {
    const folder = join(run.folder, stageFolder);
    const keyOf = (stage: string) =>
      String(Object.entries(stageKeys).find(([at]) => at.endsWith(stage))?.[1]);
    prepareStageFolder({
      ...{ runsFolder, runFolder: run.folder, stageFolder, key: keyOf(name) },
      onWarning: () => {},
    });
    const figures = await work({
      recipe,
      folder,
      inputFolder: (input) => join(run.folder, stages.find((stage) => stage.name === input)?.folder ?? ''),
      report: () => {},
      signal: new AbortController().signal,
    });
    await writeManifest(folder, {
      stage: name,
      key: keyOf(name),
      inputs: Object.fromEntries(inputs.map((input) => [input, keyOf(input)])),
      figures,
      seconds: 0,
      peak_memory_bytes: 0,
    });
    closeStageFolder(folder);
  }
  run.close('finished');
  return run.folder;
}
