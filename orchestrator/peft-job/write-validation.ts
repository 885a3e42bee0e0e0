import type { EvaluationCase } from '../dataset/types.ts';
import { int64From } from '../engine/int64.ts';
import { recommendationPrompt } from '../prompts/inference-prompts.ts';
import type { PromptSource } from '../prompts/prompt-source.ts';
import type { TaskName, TrainingRow } from '../prompts/types.ts';
import { writeSafetensors } from '../storage/safetensors.ts';
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
  const offsets = new Float64Array(prompts.length + 1);
  for (const [at, prompt] of prompts.entries()) offsets[at + 1] = offsets[at] + prompt.length;
  const tokens = new Int32Array(offsets[prompts.length]);
  for (const [at, prompt] of prompts.entries()) tokens.set(prompt, offsets[at]);
  const rows = [...heldOut].map(([task, own]) => rowTable(own, `${task}/`));
  writeSafetensors(path, {
    prompts: { shape: [tokens.length], data: tokens },
    prompt_offsets: { shape: [offsets.length], data: int64From(offsets) },
    targets: { shape: [cases.length], data: Int32Array.from(cases, ({ target }) => target) },
    ...Object.assign({}, ...rows),
  });
}
