import type { Events } from './source/event-log.ts';

/** [users] and [items]: how many events each has. */
export interface EventCounts {
  users: Int32Array;
  items: Int32Array;
}

/**
 * Leaves out users and items with fewer than k events until all that are left have k: the largest such part of a log,
 * whatever the order of removal. Gives the events that each user and item keeps; 0 = it is left out. An event stays where
 * both its user and its item do.
 */
export async function coreOf(
  { users, items }: Pick<Events, 'users' | 'items'>,
  k: number,
  onRound: (round: number, events: number) => Promise<void>,
): Promise<EventCounts> {
  const counts = { users: countsOf(users), items: countsOf(items) };
  const { users: ofUser, items: ofItem } = counts;
  const gone = new Uint8Array(users.length);
  const isShort = (count: number) => count > 0 && count < k;
  let left = users.length;
  for (let round = 1; ; round++) {
    await onRound(round, left);
    if (!ofUser.some(isShort) && !ofItem.some(isShort)) return counts;
    for (let at = 0; at < users.length; at++) {
      const [user, item] = [users[at], items[at]];
      if (gone[at] || (ofUser[user] >= k && ofItem[item] >= k)) continue;
      gone[at] = 1;
      ofUser[user]--;
      ofItem[item]--;
      left--;
    }
  }
}

/** How often each number stands there, by number. */
export function countsOf(numbers: Int32Array): Int32Array {
  let most = -1;
  for (let at = 0; at < numbers.length; at++) if (numbers[at] > most) most = numbers[at];
  const counts = new Int32Array(most + 1);
  for (let at = 0; at < numbers.length; at++) counts[numbers[at]]++;
  return counts;
}
