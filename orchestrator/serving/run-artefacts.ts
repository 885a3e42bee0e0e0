import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Recipe, recipeSchema } from '../recipe/schema.ts';
import { manifestName } from '../runs/manifest.ts';
import { recipeName } from '../runs/open-run.ts';
import { checkRunName } from '../runs/run-name.ts';
import { UserError } from '../shared/errors.ts';
import { type FolderOf, openPromptArtefacts, type PromptArtefacts } from '../stages/artefacts.ts';
import { stageFolderName } from '../stages/define-stage.ts';
import { readYaml } from '../storage/yaml-file.ts';

export interface RunArtefacts {
  recipe: Recipe;
  artefacts: PromptArtefacts;
  /** Folder of a stage; throws a UserError where the stage is not finished. */
  folderOf: FolderOf;
}

/** Dataset, index, vocabulary and prompts of a run, as its stages left them. */
export async function openRunArtefacts(runsFolder: string, name: string): Promise<RunArtefacts> {
  const folder = join(runsFolder, checkRunName(name));
  if (!existsSync(join(folder, recipeName)))
    throw new UserError('serving/no-run', `there is no run "${name}"`, {
      place: folder,
      remedy: 'eager-llm runs ls lists the runs; eager-llm run RECIPE makes one.',
    });
  const recipe = readYaml(join(folder, recipeName), recipeSchema, {
    area: 'serving',
    remedy: 'The recipe of a run is written by eager-llm: run the recipe again.',
  });
  const folderOf: FolderOf = (stage) => {
    const stageFolder = join(folder, stageFolderName(stage));
    if (existsSync(join(stageFolder, manifestName))) return stageFolder;
    throw new UserError('serving/unfinished-run', `the stage ${stage} of the run "${name}" is not finished`, {
      place: folder,
      remedy: `eager-llm run ${join(folder, recipeName)} goes on with it.`,
    });
  };
  return { recipe, folderOf, artefacts: await openPromptArtefacts(folderOf, recipe) };
}
