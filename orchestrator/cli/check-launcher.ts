import { join, resolve } from 'node:path';
import { launcherOf } from '../launch/launchers/index.ts';
import type { Recipe } from '../recipe/schema.ts';
import { isStageFinished } from '../runs/stage-folder.ts';
import { stageFolderName } from '../runs/stage-names.ts';
import { versionFolder, versionsOf } from '../runs/versions.ts';
import type { Stage } from '../stages/define-stage.ts';
import { expectedKeys } from '../stages/stage-keys.ts';

export interface CheckLauncherOptions {
  runsFolder: string;
  run: string;
  stages: readonly Stage[];
  /** The training is made again, whatever is there. */
  anew: boolean;
}

/** Hours of preparing must not end in "there is no Python" or "there is no cluster": throws a UserError before them. */
export async function checkLauncher(recipe: Recipe, options: CheckLauncherOptions): Promise<void> {
  const { pythonOfLauncher } = await import('../launch/python-environment.ts');
  const launcher = launcherOf(recipe.launcher);
  pythonOfLauncher(launcher, recipe.launcher);
  if (launcher.check && !(await isTrained(recipe, options)))
    await launcher.check(recipe.launcher, resolve(options.runsFolder));
}

/** A model that is there is evaluated anew without the cluster that trained it. */
async function isTrained(recipe: Recipe, options: CheckLauncherOptions): Promise<boolean> {
  const { runsFolder, run, stages, anew } = options;
  if (anew) return false;
  const folder = stageFolderName('training');
  const key = (await expectedKeys(stages, recipe))[folder];
  if (!key) return false;
  const root = join(runsFolder, run);
  for (const version of versionsOf(root))
    if (await isStageFinished(join(versionFolder(root, version), folder), key)) return true;
  return false;
}
