import { join } from 'node:path';
import type { Recipe } from '../recipe/schema.ts';
import { isStageFinished } from '../runs/stage-folder.ts';
import { UserError } from '../shared/errors.ts';
import type { Stage, StageName } from './define-stage.ts';
import { stageKeyOf } from './stage-key-of.ts';

/**
 * Are all stages before `before` done in this run's folder, with these settings? Changes nothing. For commands that are
 * to look at a run and must never begin to train. Throws a UserError that names the first stage which is not.
 */
export async function checkFinishedBefore(
  before: StageName,
  { recipe, folder, stages }: { recipe: Recipe; folder: string; stages: readonly Stage[] },
): Promise<void> {
  const keys: Record<string, string> = {};
  for (const stage of stages) {
    if (stage.name === before) return;
    const key = await stageKeyOf(stage, recipe, keys);
    if (!isStageFinished(join(folder, stage.folder), key))
      throw new UserError(
        'runs/stage-not-finished',
        `the stage ${stage.name} of this run is not finished, or was made with other settings, other data, or another version of eager-llm`,
        {
          place: join(folder, stage.folder),
          remedy: `eager-llm run ${join(folder, 'recipe.yaml')} makes it and the stages behind it anew; the ${before} comes with them.`,
        },
      );
    keys[stage.name] = key;
  }
}
