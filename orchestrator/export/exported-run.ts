import type { PromptArtefacts } from '../opened-run/artefacts.ts';
import type { Recipe } from '../recipe/schema.ts';
import type { FolderOf } from '../runs/stage-names.ts';
import type { Reporter } from '../shared/reporter.ts';

/** `hf`: the merged model for Python; `peft`: the adapter alone; `onnx`: the layout of transformers.js; `rtp-llm`: as `hf`, with
 * the tree of codes for that server. */
export const exportForms = ['hf', 'peft', 'onnx', 'rtp-llm'] as const;
export type ExportForm = (typeof exportForms)[number];

/** A run as an export sees it. */
export interface ExportedRun {
  name: string;
  recipe: Recipe;
  artefacts: PromptArtefacts;
  folderOf: FolderOf;
  /** The model that training ended with, in Hugging Face's form. */
  modelFolder: string;
  report: Reporter;
}
