import type { Random } from '../shared/random.ts';
import { itemsPerUserRow, type PromptSource } from './prompt-source.ts';
import { type Subject, userOfEvent } from './subjects.ts';
import type { TrainingRow } from './types.ts';

/**
 * One pass over a whole user: bos, the optional prefix, then the codes of the user's training items, oldest first,
 * up to the event `subject`. Every item but the first is learned (the first too with `learnFirstItem`).
 */
export function renderUserRow(
  source: PromptSource,
  subject: Subject,
  random: () => Random,
): { row: TrainingRow; cut: boolean } {
  const { dataset, index, userHead, userSeparator, learnFirstItem } = source;
  const start = dataset.offsets[userOfEvent(dataset.offsets, subject)];
  let first = start;
  let end = subject + 1;
  if (source.augment === 'subsequences') {
    const draw = random();
    end = start + 2 + draw.integer(subject - start);
    first = start + draw.integer(end - 1 - start);
  }
  const wanted = Math.max(first, end - dataset.historyLimit - 1);
  first = Math.max(wanted, end - itemsPerUserRow(source));
  const items = dataset.events.subarray(first, end);
  const target = userContext(source, items);
  const weights = new Float32Array(target.length);
  const summaries: TrainingRow['summaries'] = [];
  for (let place = learnFirstItem ? 0 : 1; place < items.length; place++) {
    const at = userHead.length + place * (index.levels + userSeparator.length);
    weights.fill(1, at, at + index.levels);
    summaries.push({ position: at + index.levels - 1, item: items[place], event: first + place });
  }
  return {
    row: { task: 'sequential-recommendation', source: new Int32Array(0), target, weights, summaries },
    cut: first > wanted,
  };
}

/** bos, prefix and the codes of these items: a row, or with `open` what stands before the code of the next item. */
export function userContext(source: PromptSource, items: ArrayLike<number>, open = false): Int32Array {
  const { index, userHead, userSeparator } = source;
  const step = index.levels + userSeparator.length;
  const separators = open ? items.length : Math.max(0, items.length - 1);
  const tokens = new Int32Array(
    userHead.length + items.length * index.levels + separators * userSeparator.length,
  );
  tokens.set(userHead);
  for (let place = 0; place < items.length; place++) {
    const at = userHead.length + place * step;
    const from = items[place] * index.levels;
    for (let level = 0; level < index.levels; level++) tokens[at + level] = source.itemTokens[from + level];
    if (place < separators) tokens.set(userSeparator, at + index.levels);
  }
  return tokens;
}
