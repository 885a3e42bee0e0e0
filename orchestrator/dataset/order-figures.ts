import type { Dataset } from './types.ts';

/** What shows whether the sequences are in order of time; shares of all pairs of neighbours within users. */
export interface OrderFigures {
  /**
   * Of the pairs of different items: those whose later item has the larger id (numbers by value, other
   * texts by code unit; the other way round where the sequences are sorted so).
   */
  ascendingIds: number;
  pairs: number;
}

/**
 * Items' ids know nothing of a user, so in order of time neither direction rules: on Amazon's sets about 70% of the
 * pairs ascend, since newer products have larger ids. Near 0 or 1 the sequences were sorted by item.
 */
export function orderFigures(dataset: Dataset): OrderFigures {
  const ids = dataset.items.map(({ item_id }) => item_id);
  const asNumbers = ids.map((id) =>
    id.replace(/\d+/g, (digits) => digits.replace(/^0+(?=\d)/, '').padStart(20, '0')),
  );
  const keys = ids.every((id) => /^\d+$/.test(id)) ? [asNumbers, ids] : [ids, asNumbers];
  const figures = figuresIn(ranksOf(keys[0]), dataset);
  // `item_2` stands before `item_10` where numbers were sorted, and behind it where texts were.
  const otherRanks = ranksOf(keys[1]);
  if (leaning(figuresIn(otherRanks, dataset, enough)) < sampled) return figures;
  const otherwise = figuresIn(otherRanks, dataset);
  return leaning(otherwise) > Math.max(0.4, leaning(figures)) ? otherwise : figures;
}

const leaning = ({ ascendingIds }: OrderFigures) => Math.abs(ascendingIds - 0.5);
/** So many pairs show whether it is worth counting all: these lean at least so far where all lean by .4. */
const enough = 100_000;
const sampled = 0.3;

/** Of at least so many pairs, from the first users on; of all if there are fewer. */
function figuresIn(
  rank: Int32Array,
  { userIds, offsets, events }: Dataset,
  atLeast = Number.POSITIVE_INFINITY,
): OrderFigures {
  let ascending = 0;
  let pairs = 0;
  for (let user = 0; user < userIds.length && pairs < atLeast; user++)
    for (let at = offsets[user] + 1; at < offsets[user + 1]; at++) {
      const step = rank[events[at]] - rank[events[at - 1]];
      if (step !== 0) pairs++;
      if (step > 0) ascending++;
    }
  return { ascendingIds: pairs === 0 ? 0 : ascending / pairs, pairs };
}

/** Each key's place in the order of their code units. */
function ranksOf(keys: readonly string[]): Int32Array {
  const order = Int32Array.from(keys.keys()).sort((one, other) =>
    keys[one] < keys[other] ? -1 : keys[one] > keys[other] ? 1 : 0,
  );
  const ranks = new Int32Array(keys.length);
  order.forEach((item, rank) => {
    ranks[item] = rank;
  });
  return ranks;
}
