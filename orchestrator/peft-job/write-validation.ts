import type { EvaluationCase } from '../dataset/types.ts';
import { recommendationPrompt } from '../prompts/inference-prompts.ts';
import type { PromptSource } from '../prompts/prompt-source.ts';
import type { TaskName, TrainingRow } from '../prompts/types.ts';
import { writeSafetensors } from '../storage/safetensors.ts';
import { promptTable } from './prompt-table.ts';
import { rowTable } from './row-table.ts';

/**
 * What is asked after an epoch: `prompts` [T] with `prompt_offsets` [cases + 1] and the item that came, `targets`
 * [cases]; and for each task its held-out rows, under `TASK/`.
 */
export function writeValidation(
  path: string,
  source: PromptSource,
  cases: readonly EvaluationCase[],
  heldOut: ReadonlyMap<TaskName, readonly TrainingRow[]>,
): void {
  const prompts = cases.map(({ history }) => recommendationPrompt(source, history));
  const rows = [...heldOut].map(([task, own]) => rowTable(own, `${task}/`));
  writeSafetensors(path, {
    ...promptTable(prompts),
    targets: { shape: [cases.length], data: Int32Array.from(cases, ({ target }) => target) },
    ...Object.assign({}, ...rows),
  });
}
