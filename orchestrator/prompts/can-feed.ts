import type { Dataset } from '../dataset/types.ts';
import { hasText } from './item-text.ts';
import type { TaskName } from './types.ts';

/** Why the data cannot feed a task, for a person to read; null where it can. */
export function canFeed(task: TaskName, dataset: Dataset): string | null {
  const { offsets, trainEnd, items } = dataset;
  if (items.length === 0) return 'the catalogue has no items';
  if (usesHistories.has(task) && !trainEnd.some((end, user) => end - offsets[user] >= 2))
    return 'no user has two training interactions, so there is no history with a next item';
  if (usesTexts.has(task) && !items.some(hasText))
    return 'no item has a title, description, keywords, categories or brand';
  return null;
}

const usesHistories: ReadonlySet<TaskName> = new Set([
  'sequential-recommendation',
  'fused-sequential-recommendation',
  'preference',
]);
const usesTexts: ReadonlySet<TaskName> = new Set([
  'item-to-index',
  'index-to-item',
  'fused-sequential-recommendation',
  'item-search',
  'preference',
]);
