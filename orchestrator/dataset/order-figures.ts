import type { Dataset } from './types.ts';

/** What shows whether the sequences are in order of time; shares of all pairs of neighbours within users. */
export interface OrderFigures {
  /** Of the pairs of different items: those whose later item has the larger id (numbers by value). */
  ascendingIds: number;
  pairs: number;
}

/**
 * Items' ids know nothing of a user, so in order of time neither direction rules: on Amazon's sets about 70% of the
 * pairs ascend, since newer products have larger ids. Near 0 or 1 the sequences were sorted by item.
 */
export function orderFigures({ items, userIds, offsets, events }: Dataset): OrderFigures {
  const rank = ranksOfIds(items.map(({ item_id }) => item_id));
  let ascending = 0;
  let pairs = 0;
  for (let user = 0; user < userIds.length; user++)
    for (let at = offsets[user] + 1; at < offsets[user + 1]; at++) {
      const step = rank[events[at]] - rank[events[at - 1]];
      if (step !== 0) pairs++;
      if (step > 0) ascending++;
    }
  return { ascendingIds: pairs === 0 ? 0 : ascending / pairs, pairs };
}

/** Each item's place in the order of ids: by value where all are whole numbers, else by code unit. */
function ranksOfIds(ids: readonly string[]): Int32Array {
  const numbers = ids.every((id) => /^\d+$/.test(id));
  const keys = numbers ? ids.map((id) => id.replace(/^0+(?=\d)/, '')) : ids;
  const compare = (one: string, other: string) =>
    (numbers ? one.length - other.length : 0) || (one < other ? -1 : one > other ? 1 : 0);
  const order = Int32Array.from(ids.keys()).sort((one, other) => compare(keys[one], keys[other]));
  const ranks = new Int32Array(ids.length);
  order.forEach((item, rank) => {
    ranks[item] = rank;
  });
  return ranks;
}
