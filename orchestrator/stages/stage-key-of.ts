import { isAbsolute } from 'node:path';
import type { Recipe } from '../recipe/schema.ts';
import { makeStageKey } from '../runs/stage-key.ts';
import type { Stage } from './define-stage.ts';

/** The key of a stage: what it reads of the recipe, of files outside, and of the stages before it, whose keys are given. */
export function stageKeyOf(stage: Stage, recipe: Recipe, keys: Record<string, string>): Promise<string> {
  const inputs = stage.inputs.map((name) => {
    const key = keys[name];
    if (!key) throw new Error(`the stage ${stage.name} reads ${name}, which does not come before it`);
    return [name, key] as const;
  });
  return makeStageKey({
    stage: stage.name,
    version: stage.version,
    sections: stage.sections(recipe),
    seed: recipe.seed,
    inputs: Object.fromEntries(inputs),
    // What is not absolute in a resolved recipe is a hub id.
    inputFiles: (stage.inputFiles?.(recipe) ?? []).filter(isAbsolute),
  });
}
