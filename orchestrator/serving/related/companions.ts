/** How many users took one item, another, both of them, and how many users there are. */
export interface PairCounts {
  one: number;
  other: number;
  both: number;
  all: number;
}

/** As many users again as these, who took one item and not the other: two of three users who share a pair say little. */
const doubt = 5;

/**
 * What goes best with an item stands highest, in (-1, 1): the cosine of the two sets of users, without what chance alone
 * gives, which is the more the more popular both are, and nearer to 0 the fewer users there are.
 */
export function companionOrder(counts: PairCounts): number {
  const { one, other, both } = counts;
  return (both - byChance(counts)) / Math.sqrt((one + doubt) * (other + doubt));
}

/** How many would have taken both if neither had to do with the other. */
export function byChance({ one, other, all }: PairCounts): number {
  return (one * other) / all;
}
