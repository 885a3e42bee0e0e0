import { targetRange } from '../dataset/evaluation-cases.ts';
import { historyBefore } from '../dataset/history-before.ts';
import type { Dataset } from '../dataset/types.ts';
import { UserError } from '../shared/errors.ts';
import type { KnownUsers } from './known-users.ts';

/**
 * A user of the log by the user's id, as the evaluation asks: what came before the first test target, and all that the
 * user had until then, of which the history is the end. Throws a UserError for an unknown user id; it does not suggest
 * other ids, because anyone may ask.
 */
export function historiesOf(
  dataset: Dataset,
  users: KnownUsers,
): (id: string) => { history: number[]; seen: Iterable<number> } {
  return (id) => {
    const user = users.numberOf(id);
    if (user === undefined)
      throw new UserError(
        'serving/unknown-user',
        `the dataset has no user ${JSON.stringify(id.slice(0, 100))}`,
        { remedy: 'Give the id of a user of the log, or a history.' },
      );
    const start = dataset.offsets[user];
    const [from, to] = targetRange(dataset, 'test', user);
    const target = Math.max(from, start + 1);
    const seen = dataset.events.subarray(start, Math.min(target, to));
    return { history: target < to ? [...historyBefore(dataset, start, target)] : [...seen], seen };
  };
}
