import { createBreathe } from '../shared/breathe.ts';
import { countsOf } from './k-core.ts';
import { type NumberedItems, numberItems } from './number-items.ts';
import { type OrderedEvents, orderEvents } from './order-events.ts';
import type { DatasetSettings } from './settings.ts';
import type { Events } from './source/event-log.ts';
import type { Staging } from './source/staging.ts';
import { findTimeCuts } from './time-cuts.ts';
import { mixedUnits } from './time-units.ts';

/** A log whose users and items have their numbers, and whose events stand user by user, in order of time. */
export interface ArrangedLog extends OrderedEvents {
  users: NumberedUsers;
  items: NumberedItems;
  /** Where validation and test begin, if times tell. */
  timeCuts: [number, number] | null;
  /** What makes the order of times doubtful. */
  mixedTimes: string | null;
}

export interface NumberedUsers {
  /** [users] their ids in the log's table. */
  keys: Int32Array;
  /** [users + 1] where each user's events begin. */
  offsets: Int32Array;
}

/**
 * Numbers users (by their first event in the log) and items (as in the metadata, then those without any by their first
 * event), and puts events in order of time, ties in the order of the log. No text of an id is made meanwhile: the columns of
 * the log are in memory twice here.
 */
export async function arrangeLog(
  kept: Events,
  staging: Staging,
  settings: DatasetSettings,
  signal?: AbortSignal,
): Promise<ArrangedLog> {
  const breathe = createBreathe(signal);
  const timeCuts = settings.split === 'time' ? findTimeCuts(kept.times, settings) : null;
  const mixedTimes = mixedUnits(kept.times);
  await breathe();
  const items = numberItems(kept.items, staging, settings.catalogue === 'all');
  await breathe();
  const { userOf, ...users } = numberUsers(kept.users, staging);
  await breathe();
  const ordered = orderEvents(kept, { userOf, itemOf: items.itemOf, offsets: users.offsets });
  return { users, items, timeCuts, mixedTimes, ...ordered };
}

/** Users by their first event; `userOf`: their numbers by those of the log's table. */
function numberUsers(users: Int32Array, { log }: Staging): NumberedUsers & { userOf: Int32Array } {
  const userOf = new Int32Array(log.users.size()).fill(-1);
  const counts = countsOf(users);
  const keys = new Int32Array(counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0));
  const offsets = new Int32Array(keys.length + 1);
  let number = 0;
  for (const user of users) {
    if (userOf[user] >= 0) continue;
    userOf[user] = number;
    keys[number++] = user;
    offsets[number] = offsets[number - 1] + counts[user];
  }
  return { keys, userOf, offsets };
}
