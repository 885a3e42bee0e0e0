import { takesItemsAgain } from '../dataset/repeats.ts';
import type { EvaluationCase } from '../dataset/types.ts';
import { recommendationPrompt } from '../prompts/inference-prompts.ts';
import type { PromptSource } from '../prompts/prompt-source.ts';
import type { TaskName } from '../prompts/tasks/names.ts';
import type { TrainingRow } from '../prompts/types.ts';
import { writeSafetensors } from '../storage/safetensors.ts';
import { excludedTable, promptTable } from './prompt-table.ts';
import { rowTable } from './row-table.ts';

/**
 * What is asked after an epoch: `prompts` [T] with `prompt_offsets` [cases + 1] and the item that came, `targets`
 * [cases]; where people of the log do not take items again, what each search leaves out; and for each task its held-out
 * rows, under `TASK/`.
 */
export function writeValidation(
  path: string,
  source: PromptSource,
  cases: readonly EvaluationCase[],
  heldOut: ReadonlyMap<TaskName, readonly TrainingRow[]>,
): void {
  const prompts = cases.map(({ user, history }) =>
    recommendationPrompt(source, history, { user: source.dataset.userIds[user] }),
  );
  const again = takesItemsAgain(source.dataset);
  const rows = [...heldOut].map(([task, own]) => rowTable(own, `${task}/`));
  writeSafetensors(path, {
    ...promptTable(prompts),
    ...(again ? {} : excludedTable(cases.map(({ seen }) => seen))),
    targets: { shape: [cases.length], data: Int32Array.from(cases, ({ target }) => target) },
    ...Object.assign({}, ...rows),
  });
}
