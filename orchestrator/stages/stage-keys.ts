import { isAbsolute, join } from 'node:path';
import { keyInBaseRun } from '../continuation/base-run.ts';
import { type HubAccess, hubContent } from '../inputs/hub-content.ts';
import type { Recipe } from '../recipe/schema.ts';
import { describeDamage, findAllDamage, readManifest } from '../runs/manifest.ts';
import { resumeLine } from '../runs/resume-line.ts';
import { makeStageKey } from '../runs/stage-key.ts';
import { type StageName, stageFolderName } from '../runs/stage-names.ts';
import { noSuchStage } from '../runs/whole-stages.ts';
import { UserError } from '../shared/errors.ts';
import { silentReporter } from '../shared/reporter.ts';
import type { Stage } from './define-stage.ts';
import { planStages } from './plan-stages.ts';

/**
 * The key of a stage in a recipe, given the keys of the stages it reads. Null if it reads a hub model that is neither
 * downloaded nor allowed to be requested.
 */
export async function findStageKey(
  stage: Stage,
  recipe: Recipe,
  inputs: Record<string, string>,
  access: HubAccess,
): Promise<string | null> {
  const models = stage.models?.(recipe) ?? [];
  // In a resolved recipe, a path that is not absolute is a hub id.
  const folders = models.filter(({ name }) => isAbsolute(name)).map(({ name }) => name);
  const fromHub: [name: string, hash: string][][] = [];
  for (const model of models.filter(({ name }) => !isAbsolute(name))) {
    const content = await hubContent(model, access);
    if (!content) return null;
    fromHub.push(content);
  }
  const base = stage.continued ? recipe.continue : undefined;
  return makeStageKey({
    ...(base === undefined ? {} : { continued: keyInBaseRun(base, stage.name) }),
    stage: stage.name,
    version: stage.version,
    sections: stage.sections(recipe),
    seed: recipe.seed,
    inputs,
    inputFiles: [...(stage.inputFiles?.(recipe) ?? []), ...folders],
    fromHub,
  });
}

/** For a stage whose model is not where the recipe says. */
export function modelNotFound(stage: StageName): UserError {
  return new UserError('runs/model-not-found', 'a model that the stage reads is not on the hub', {
    place: stage,
    remedy: 'Check the hub ids in the recipe, or give the folder of a model.',
  });
}

/**
 * The keys that the stages of a recipe will have, by folder (`01-dataset`): to tell which finished ones belong to the
 * recipe. Null where that cannot be known yet; what cannot be read is reported by its stage.
 */
export async function expectedKeys(
  stages: readonly Stage[],
  recipe: Recipe,
): Promise<Record<string, string | null>> {
  const wanted = planStages(stages, recipe).filter((stage) => !stage.leftOut?.(recipe));
  const keys = new Map<string, string | null>();
  for (const stage of wanted) keys.set(stage.name, await expectedKey(stage, recipe, keys));
  return Object.fromEntries(wanted.map(({ name, folder }) => [folder, keys.get(name) ?? null]));
}

async function expectedKey(
  stage: Stage,
  recipe: Recipe,
  keys: ReadonlyMap<string, string | null>,
): Promise<string | null> {
  const inputs: Record<string, string> = {};
  for (const input of stage.inputs) {
    const key = keys.get(input);
    if (!key) return null;
    inputs[input] = key;
  }
  try {
    return await findStageKey(stage, recipe, inputs, 'what is here');
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
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
  for (const stage of planStages(stages, recipe)) {
    const inputs = Object.fromEntries(stage.inputs.map((input) => [input, keys[input]]));
    const folder = join(runFolder, stage.folder);
    const manifest = readManifest(folder);
    // The caller is about to read the inputs of the requested stage; finished stages need no model any more.
    const access = stage.name === name ? { report: silentReporter } : 'what is here';
    const found = await findStageKey(stage, recipe, inputs, access);
    if (stage.name === name) {
      if (found === null) throw modelNotFound(name);
      return { key: found, inputs };
    }
    const key = found ?? manifest?.key;
    const amiss = !manifest
      ? 'is not done'
      : manifest.key !== key
        ? 'was made from other settings or files, or by another version of eager-llm'
        : describeDamage(await findAllDamage(folder, manifest));
    if (amiss || key === undefined)
      throw new UserError('runs/stage-not-done', `the stage ${stage.name} ${amiss}`, {
        place: folder,
        remedy: `${resumeLine(runFolder)} rebuilds it and all later stages.`,
      });
    keys[stage.name] = key;
  }
  throw noSuchStage(runFolder, stageFolderName(name));
}
