import { trainingSequence } from '../../dataset/training-sequence.ts';
import type { Dataset } from '../../dataset/types.ts';
import type { Pieces } from '../made-once.ts';

/** For one item, how many users of the training log took it and each other item. */
export interface TogetherCounts {
  /** [items] how many users took each */
  users: Int32Array;
  /** [items] how many took it and this one */
  with(item: number, breathe: () => Promise<void>): Promise<Int32Array>;
}

/** Users of each item are listed once; what one item is taken with is counted when it is asked for. */
export function* countTogether(dataset: Dataset): Pieces<TogetherCounts> {
  const { items, userIds } = dataset;
  const taken: Int32Array[] = [];
  const users = new Int32Array(items.length);
  for (let user = 0; user < userIds.length; user++) {
    const own = Int32Array.from(new Set(trainingSequence(dataset, user)));
    for (const item of own) users[item]++;
    taken.push(own);
    yield;
  }
  const usersOf = Array.from(users, (count) => new Int32Array(count));
  const filled = new Int32Array(items.length);
  for (const [user, own] of taken.entries()) {
    for (const item of own) usersOf[item][filled[item]++] = user;
    yield;
  }
  return {
    users,
    async with(item, breathe) {
      const counts = new Int32Array(items.length);
      for (const user of usersOf[item]) {
        for (const other of taken[user]) counts[other]++;
        await breathe();
      }
      return counts;
    },
  };
}
