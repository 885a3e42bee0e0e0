import { joinRow } from '../shared/example.ts';
import type { Vocabulary } from '../vocabulary/types.ts';
import type { TrainingRow } from './types.ts';

/** A row as text, its learned parts between ⟦ and ⟧, under a line with its task and lengths. */
export function renderForDisplay(row: TrainingRow, vocabulary: Vocabulary): string {
  const { task } = row;
  const { tokens, weights } = joinRow(row);
  const learned = weights.reduce((count, weight) => count + (weight > 0 ? 1 : 0), 0);
  let text = '';
  for (let start = 0; start < tokens.length; ) {
    const isLearned = weights[start] > 0;
    let end = start + 1;
    while (end < tokens.length && weights[end] > 0 === isLearned) end++;
    const part = vocabulary.decode(tokens.subarray(start, end));
    text += isLearned ? `⟦${part}⟧` : part;
    start = end;
  }
  return `# ${task}: ${tokens.length} tokens, ${learned} of them learned\n${text}`;
}
