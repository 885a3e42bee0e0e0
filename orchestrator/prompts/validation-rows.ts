import type { EvaluationCase } from '../dataset/types.ts';
import { recommendationPrompt } from './inference-prompts.ts';
import type { PromptSource } from './prompt-source.ts';
import { toRow } from './render-row.ts';
import { taskQuestions } from './task-questions.ts';
import type { TaskName, TrainingRow } from './types.ts';

/**
 * Rows of a task about what users took in a held-out part, learned where the answer stands: what a loss on them says was
 * never trained on, as far as histories go. Items and their texts are those of training.
 */
export function validationRows(
  source: PromptSource,
  task: TaskName,
  cases: readonly EvaluationCase[],
  seed: number,
): TrainingRow[] {
  if (task !== 'sequential-recommendation')
    return taskQuestions(source, task, cases, seed).map(({ row }) => row);
  return cases.map((each) => nextItemRow(source, each));
}

/** In the layout `user` its digits are those of an event, so that they are learned as in training. */
function nextItemRow(source: PromptSource, { history, target, event }: EvaluationCase): TrainingRow {
  const { levels } = source.index;
  const row = toRow('sequential-recommendation', {
    prompt: recommendationPrompt(source, history),
    response: source.itemTokens.slice(target * levels, (target + 1) * levels),
    codes: [{ position: levels - 1, item: target }],
  });
  if (source.layout === 'user') for (const summary of row.summaries) summary.event = event;
  return row;
}
