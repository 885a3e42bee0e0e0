import type { Vocabulary } from '../vocabulary/types.ts';
import type { TrainingRow } from './types.ts';

/** A row as text, its learned parts between ⟦ and ⟧, under a line with its task and lengths. */
export function renderForDisplay(row: TrainingRow, vocabulary: Vocabulary): string {
  const { task, input_ids, loss_weights } = row;
  const learned = loss_weights.reduce((count, weight) => count + (weight > 0 ? 1 : 0), 0);
  let text = '';
  for (let start = 0; start < input_ids.length; ) {
    const isLearned = loss_weights[start] > 0;
    let end = start + 1;
    while (end < input_ids.length && loss_weights[end] > 0 === isLearned) end++;
    const part = vocabulary.decode(input_ids.subarray(start, end));
    text += isLearned ? `⟦${part}⟧` : part;
    start = end;
  }
  return `# ${task}: ${input_ids.length} tokens, ${learned} of them learned\n${text}`;
}
