import type { Recipe } from '../recipe/schema.ts';
import type { FolderOf } from '../runs/stage-names.ts';
import type { Reporter } from '../shared/reporter.ts';

/** What both engines get to fine-tune the model of a recipe. */
export interface TuningContext {
  recipe: Recipe;
  /** Where the result goes; an interrupted attempt is resumed from what it left there. */
  folder: string;
  /** Folders of the stages before. */
  inputFolder: FolderOf;
  report: Reporter;
  signal: AbortSignal;
}
