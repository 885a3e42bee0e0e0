import type { Dataset } from '../dataset/types.ts';
import { type KnownUsers, knownUsers } from './known-users.ts';

/** What a customer is known to have taken, oldest first. */
export interface Taken {
  /** Item numbers. */
  items: readonly number[];
  /** [items] seconds since 1970, or null where a time is not known. */
  times: readonly (number | null)[];
}

/** Finds customers by their ids; null for an id that is not known. */
export type TakenBy = (id: string) => Taken | null;

/**
 * All that a user of the log has taken. The events that the evaluation holds out count as well: a shop that asks for a
 * customer means all that the customer did, up to the latest event.
 */
export function takenInLog(dataset: Dataset, users: KnownUsers = knownUsers(dataset)): TakenBy {
  const { offsets, events, times } = dataset;
  return (id) => {
    const user = users.numberOf(id);
    if (user === undefined) return null;
    const [start, end] = [offsets[user], offsets[user + 1]];
    const items = Array.from(events.subarray(start, end));
    return { items, times: times ? Array.from(times.subarray(start, end)) : items.map(() => null) };
  };
}

/** Time of the latest event, in seconds since 1970; null where the log has no times. */
export function endOfLog({ times }: Pick<Dataset, 'times'>): number | null {
  return times?.reduce((latest, time) => Math.max(latest, time), -Infinity) ?? null;
}
