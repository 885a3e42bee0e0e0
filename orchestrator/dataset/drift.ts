import type { Dataset } from './types.ts';

/** How far a newer log has moved away from what a run has learned from. Shares are of the new events. */
export interface Drift {
  /** Events that the run does not have: of all users, and of those that it knows. */
  newEvents: number;
  newEventsOfKnownUsers: number;
  /** Users of the newer log that the run does not know, and those that it knows and the newer log lacks. */
  newUsers: number;
  goneUsers: number;
  /** Items of the newer log that the run has no code for, and those of the run that the newer log lacks. */
  newItems: number;
  goneItems: number;
  /** Share of the new events whose item the run cannot recommend. */
  shareOfNewItems: number;
  /** Share of the users with new events whose history has fewer than `coldBelow` items that the run knows. */
  shareOfColdHistories: number;
  /**
   * Population stability index of the items' popularity, training against new events, over ten groups of items with
   * equally many training events each; new items are left out. Null without new events of known items.
   */
  popularityIndex: number | null;
  /** Known items whose share of the events has risen most. */
  rising: { item_id: string; title: string; trainedShare: number; newShare: number }[];
}

/** A history of fewer known items tells the model little. */
export const coldBelow = 3;
const groupsOfItems = 10;
const shownRising = 5;

/**
 * Compares what a run has learned from with a newer log, by ids. `trained` may be a filtered log (k-core): users and
 * items that were left out count as unknown, since the model does not know them.
 */
export function measureDrift(trained: Dataset, newer: Dataset): Drift {
  const itemNumbers = new Map(trained.items.map(({ item_id }, item) => [item_id, item]));
  const userNumbers = new Map(trained.userIds.map((id, user) => [id, user]));
  const known = newer.items.map(({ item_id }) => itemNumbers.get(item_id) ?? -1);
  const learned = countsOf(trained.events, trained.items.length);
  const fresh = new Float64Array(trained.items.length);
  const count = { new: 0, ofKnownUsers: 0, ofNewItems: 0, users: 0, cold: 0 };
  newer.userIds.forEach((id, user) => {
    const events = newer.events.subarray(newer.offsets[user], newer.offsets[user + 1]);
    const trainedUser = userNumbers.get(id);
    const before = eventsLearned(trained, trainedUser);
    let own = 0;
    for (const event of events) {
      const item = known[event];
      const left = before.get(item) ?? 0;
      if (left > 0) {
        before.set(item, left - 1);
        continue;
      }
      own++;
      if (item < 0) count.ofNewItems++;
      else fresh[item]++;
    }
    count.new += own;
    if (trainedUser !== undefined) count.ofKnownUsers += own;
    if (own === 0) return;
    count.users++;
    if (events.filter((event) => known[event] >= 0).length < coldBelow) count.cold++;
  });
  const ids = new Set(newer.items.map(({ item_id }) => item_id));
  const users = new Set(newer.userIds);
  return {
    newEvents: count.new,
    newEventsOfKnownUsers: count.ofKnownUsers,
    newUsers: newer.userIds.filter((id) => !userNumbers.has(id)).length,
    goneUsers: trained.userIds.filter((id) => !users.has(id)).length,
    newItems: known.filter((item) => item < 0).length,
    goneItems: trained.items.filter(({ item_id }) => !ids.has(item_id)).length,
    shareOfNewItems: count.new === 0 ? 0 : count.ofNewItems / count.new,
    shareOfColdHistories: count.users === 0 ? 0 : count.cold / count.users,
    popularityIndex: stabilityIndex(learned, fresh),
    rising: risingItems(trained, learned, fresh),
  };
}

/** How often each item stands in what the run knows of a user. */
function eventsLearned({ events, offsets }: Dataset, user: number | undefined): Map<number, number> {
  const counts = new Map<number, number>();
  if (user === undefined) return counts;
  for (const item of events.subarray(offsets[user], offsets[user + 1]))
    counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}

function countsOf(events: Int32Array, items: number): Float64Array {
  const counts = new Float64Array(items);
  for (const item of events) counts[item]++;
  return counts;
}

const sum = (counts: Float64Array) => counts.reduce((total, count) => total + count, 0);

/** Sum over groups of (new - old) * ln(new / old); groups that nobody bought from count as half an event. */
function stabilityIndex(learned: Float64Array, fresh: Float64Array): number | null {
  const total = sum(learned);
  const totalFresh = sum(fresh);
  if (totalFresh === 0 || total === 0) return null;
  const shares = Array.from({ length: groupsOfItems }, () => ({ learned: 0, fresh: 0 }));
  let passed = 0;
  for (const item of Int32Array.from(learned.keys()).sort((a, b) => learned[b] - learned[a])) {
    const group = shares[Math.min(groupsOfItems - 1, Math.floor((passed / total) * groupsOfItems))];
    group.learned += learned[item];
    group.fresh += fresh[item];
    passed += learned[item];
  }
  return shares
    .filter((group) => group.learned + group.fresh > 0)
    .reduce((index, group) => {
      const before = Math.max(group.learned, 0.5) / total;
      const after = Math.max(group.fresh, 0.5) / totalFresh;
      return index + (after - before) * Math.log(after / before);
    }, 0);
}

function risingItems({ items }: Dataset, learned: Float64Array, fresh: Float64Array): Drift['rising'] {
  const [total, totalFresh] = [sum(learned), sum(fresh)];
  if (totalFresh === 0 || total === 0) return [];
  const rise = (item: number) => fresh[item] / totalFresh - learned[item] / total;
  return Array.from(learned.keys())
    .filter((item) => fresh[item] > 0 && rise(item) > 0)
    .sort((a, b) => rise(b) - rise(a) || a - b)
    .slice(0, shownRising)
    .map((item) => ({
      item_id: items[item].item_id,
      title: items[item].title,
      trainedShare: learned[item] / total,
      newShare: fresh[item] / totalFresh,
    }));
}
