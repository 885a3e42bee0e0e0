import type { Dataset } from '../dataset/types.ts';
import { hasText } from './item-text.ts';
import type { Need, Task } from './tasks/task.ts';

/** Why the data cannot feed a task, for a person to read; null where it can. */
export function canFeed({ needs }: Task, dataset: Dataset): string | null {
  if (dataset.items.length === 0) return 'the catalogue has no items';
  for (const need of needs) {
    const lack = need(dataset);
    if (lack) return lack;
  }
  return null;
}

export const histories: Need = ({ offsets, trainEnd }) =>
  trainEnd.some((end, user) => end - offsets[user] >= 2)
    ? null
    : 'no user has two training interactions, so there is no history with a next item';

export const texts: Need = ({ items }) =>
  items.some(hasText) ? null : 'no item has a title, description, keywords, categories or brand';
