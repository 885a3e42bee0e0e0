import { countsOf } from './k-core.ts';

/** Places of events, user by user, each user's in the order of the log: `order[offsets[u] .. offsets[u + 1])`. */
export interface EventsByUser {
  /** [events] */
  order: Int32Array;
  /** [users + 1] */
  offsets: Int32Array;
}

/** Sorts by counting. `users`: [events] numbers from 0. */
export function eventsByUser(users: Int32Array): EventsByUser {
  const counts = countsOf(users);
  const offsets = new Int32Array(counts.length + 1);
  counts.forEach((count, user) => {
    offsets[user + 1] = offsets[user] + count;
  });
  const next = offsets.slice();
  const order = new Int32Array(users.length);
  for (let at = 0; at < users.length; at++) order[next[users[at]]++] = at;
  return { order, offsets };
}
