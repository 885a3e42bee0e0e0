import { isAbsolute, join } from 'node:path';
import type { Recipe } from '../recipe/schema.ts';
import { findDamage, readManifest } from '../runs/manifest.ts';
import { makeStageKey } from '../runs/stage-key.ts';
import { UserError } from '../shared/errors.ts';
import type { Stage, StageName } from './define-stage.ts';

/** The key of a stage in a recipe, given the keys of the stages it reads. */
export function stageKey(stage: Stage, recipe: Recipe, inputs: Record<string, string>): Promise<string> {
  return makeStageKey({
    stage: stage.name,
    version: stage.version,
    sections: stage.sections(recipe),
    seed: recipe.seed,
    inputs,
    // What is not absolute in a resolved recipe is a hub id.
    inputFiles: (stage.inputFiles?.(recipe) ?? []).filter(isAbsolute),
  });
}

/**
 * The key that a stage of a run has, and those of its inputs; changes nothing. Throws a UserError where a stage before it
 * is not done, or done for another recipe: for commands that look at a run and must never begin to train.
 */
export async function keyInRun(
  runFolder: string,
  recipe: Recipe,
  stages: readonly Stage[],
  name: StageName,
): Promise<{ key: string; inputs: Record<string, string> }> {
  const keys: Record<string, string> = {};
  for (const stage of stages) {
    const inputs = Object.fromEntries(stage.inputs.map((input) => [input, keys[input]]));
    const key = await stageKey(stage, recipe, inputs);
    if (stage.name === name) return { key, inputs };
    const folder = join(runFolder, stage.folder);
    const manifest = readManifest(folder);
    const amiss = !manifest
      ? 'is not done'
      : manifest.key !== key
        ? 'was made from other settings or files, or by another version of eager-llm'
        : findDamage(folder, manifest);
    if (amiss)
      throw new UserError('runs/stage-not-done', `the stage ${stage.name} ${amiss}`, {
        place: folder,
        remedy: `eager-llm run ${join(runFolder, 'recipe.yaml')} makes it and the stages behind it anew.`,
      });
    keys[stage.name] = key;
  }
  throw new Error(`there is no stage "${name}"`);
}
