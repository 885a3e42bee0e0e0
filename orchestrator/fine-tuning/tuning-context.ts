import type { Recipe } from '../recipe/schema.ts';
import type { FolderOf } from '../runs/stage-names.ts';
import type { Reporter } from '../shared/reporter.ts';

/** What either engine is given to fine-tune the model of a recipe. */
export interface TuningContext {
  recipe: Recipe;
  /** Where the result goes; what an interrupted attempt left there is gone on from. */
  folder: string;
  /** Folders of the stages before. */
  inputFolder: FolderOf;
  report: Reporter;
  signal: AbortSignal;
}
