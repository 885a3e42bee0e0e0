import { targetRange } from '../dataset/evaluation-cases.ts';
import { historyBefore } from '../dataset/history-before.ts';
import type { Dataset } from '../dataset/types.ts';
import { UserError } from '../shared/errors.ts';

/**
 * A user of the log by the user's id, as the evaluation asks: what came before the first test target, or all where there
 * is none (as with `split: none`); and all that the user had until then, of which the history is the end. Throws a UserError for an unknown user id; it does not suggest
 * other ids, because anyone may ask.
 */
export function historiesOf(dataset: Dataset): (id: string) => { history: number[]; seen: Iterable<number> } {
  const numbers = new Map(dataset.userIds.map((known, user) => [known, user]));
  return (id) => {
    const user = numbers.get(id);
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
    return { history: [...historyBefore(dataset, start, Math.min(target, to))], seen };
  };
}
