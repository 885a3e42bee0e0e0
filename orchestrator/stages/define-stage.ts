import type { BaseRun } from '../continuation/base-run.ts';
import type { ModelInput } from '../inputs/hub-content.ts';
import type { Recipe } from '../recipe/schema.ts';
import { type StageName, stageFolderName, stageNames } from '../runs/stage-names.ts';
import type { Figures, Reporter } from '../shared/reporter.ts';

export interface StageContext {
  recipe: Recipe;
  /** The stage's own folder. It may hold the files of an attempt that was interrupted: go on from them. */
  folder: string;
  /** Folder of a finished stage, which must be listed in `inputs`. */
  inputFolder(stage: StageName): string;
  report: Reporter;
  /** Aborted when the user wants to stop: save and throw `signal.reason` soon. */
  signal: AbortSignal;
}

export interface StageDefinition {
  name: StageName;
  /** Bump when the same input gives different output, so that old results are not reused. */
  version: number;
  /** The parts of the recipe that the stage reads; a change elsewhere does not make it run again. */
  sections(recipe: Recipe): unknown;
  /** Those that are no part of a run are not read. */
  inputs: StageName[];
  /** Files and folders from outside of the run; their content counts for reuse. */
  inputFiles?(recipe: Recipe): string[];
  /** Models from outside of the run: what a folder or a hub id holds counts for reuse, too, not what it is called. */
  models?(recipe: Recipe): ModelInput[];
  /** Whether runs of this recipe have such a stage at all; all have it by default. */
  partOf?(recipe: Recipe): boolean;
  /** Why this recipe has nothing for it to do; then it is not run. */
  leftOut?(recipe: Recipe): string | null;
  /** Whether it uses the test split, which is counted. */
  opensTest?(recipe: Recipe): boolean;
  /** Runs in a process of its own; import heavy libraries in here, not at the top of the file. */
  run(context: StageContext): Promise<Figures>;
  /**
   * What it does instead where the recipe goes on from a run: `base` is that run, and the key of the stage there becomes
   * part of this one's. Without it the stage runs as ever, on what the stages before it left.
   */
  continued?(context: StageContext, base: BaseRun): Promise<Figures>;
}

export interface Stage extends StageDefinition {
  /** From 1, as in the name of the folder. */
  number: number;
  /** `03-item-index` */
  folder: string;
}

/** Number and folder follow from the name; here alone it is asked whether a recipe continues a run. */
export function defineStage(definition: StageDefinition): Stage {
  const { name, continued } = definition;
  return {
    ...definition,
    number: stageNames.indexOf(name) + 1,
    folder: stageFolderName(name),
    async run(context) {
      const base = context.recipe.continue;
      if (!continued || base === undefined) return definition.run(context);
      const { openBaseRun } = await import('../continuation/base-run.ts');
      return continued(context, openBaseRun(base));
    },
  };
}
