import type { Dataset } from '../../dataset/types.ts';
import { UserError } from '../../shared/errors.ts';
import type { TrainingWindow } from './types.ts';

/**
 * All training interactions as windows of at most `maxLength` inputs, each followed by its target; nothing
 * after `trainEnd` is in any of them. A longer user gives several windows that share one item, so that every
 * item but the user's first is a target exactly once. Throws a UserError when there is nothing to learn from.
 */
export function trainingWindows(dataset: Dataset, maxLength: number): TrainingWindow[] {
  const windows: TrainingWindow[] = [];
  for (let user = 0; user < dataset.userIds.length; user++) {
    const first = dataset.offsets[user];
    // Cut from the end: the latest window is the full one.
    for (let end = dataset.trainEnd[user]; end - first >= 2; end -= maxLength) {
      const start = Math.max(first, end - maxLength - 1);
      windows.push({ start, length: end - start });
    }
  }
  if (windows.length === 0)
    throw new UserError(
      'embedding/no-training-data',
      `the behaviour embedding needs users with at least 2 training interactions; got ${dataset.userIds.length} users, none with that many`,
      { remedy: 'Use more interactions, or a lower dataset.k_core or an earlier split.' },
    );
  return windows;
}
