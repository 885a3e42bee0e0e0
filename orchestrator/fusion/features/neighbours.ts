import { trainingSequence } from '../../dataset/training-sequence.ts';
import type { Dataset } from '../../dataset/types.ts';
import { type CountRow, countRows } from '../../evaluation/count-rows.ts';
import { groupByItem } from '../../evaluation/group-by-item.ts';

/** What the training log says of pairs of items. */
export interface Neighbours {
  /** What came within a few steps after an item; a step of n counts 1/n. */
  followed(item: number): CountRow;
  /** How many users took an item and each other one. */
  together(item: number): CountRow;
}

/** How many steps later an item still follows another one. */
const furthest = 5;
/** Of each user: more says little of what goes together, and takes long. */
const latestTogether = 50;

export function neighboursOf(dataset: Dataset): Neighbours {
  const { items, userIds } = dataset;
  const sequences = userIds.map((_, user) => trainingSequence(dataset, user));
  const places = groupByItem(items.length, (each) => {
    for (const [user, sequence] of sequences.entries()) for (const item of sequence) each(item, user);
  });
  const baskets = sequences.map((sequence) => new Set(sequence.slice(-latestTogether)));
  const usersOf = (item: number) =>
    new Set(places.values.subarray(places.offsets[item], places.offsets[item + 1]));
  return {
    followed: countRows(items.length, (item, meet) => {
      for (const user of usersOf(item)) {
        const sequence = sequences[user];
        for (let at = 0; at < sequence.length; at++)
          if (sequence[at] === item)
            for (let step = 1; step <= furthest && at + step < sequence.length; step++)
              meet(sequence[at + step], 1 / step);
      }
    }),
    together: countRows(items.length, (item, meet) => {
      for (const user of usersOf(item))
        if (baskets[user].has(item)) for (const other of baskets[user]) if (other !== item) meet(other);
    }),
  };
}
