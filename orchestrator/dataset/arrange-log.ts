import { createBreathe } from '../shared/breathe.ts';
import type { Reporter } from '../shared/reporter.ts';
import { countsOf } from './k-core.ts';
import { idsInTwoForms, missingTexts } from './missing-texts.ts';
import { type NumberedItems, numberItems } from './number-items.ts';
import { type OrderedEvents, orderEvents } from './order-events.ts';
import type { DatasetSettings } from './settings.ts';
import type { Events } from './source/event-log.ts';
import type { Staging } from './source/staging.ts';
import { findTimeCuts } from './time-cuts.ts';
import { mixedUnits } from './time-units.ts';

/** A log whose users and items have their numbers, and whose events stand user by user, in order of time. */
export interface ArrangedLog extends OrderedEvents {
  /** [users] */
  userIds: string[];
  /** [users + 1] where each user's events begin. */
  offsets: Int32Array;
  numbered: NumberedItems;
  /** Where validation and test begin, if times tell. */
  timeCuts: [number, number] | null;
}

/**
 * Numbers users (by their first event in the log) and items (as in the metadata, then those without any by their first
 * event), and puts events in order of time, ties in the order of the log. Says what is strange about ids and times.
 */
export async function arrangeLog(
  kept: Events,
  staging: Staging,
  settings: DatasetSettings,
  report: Reporter,
  signal?: AbortSignal,
): Promise<ArrangedLog> {
  const breathe = createBreathe(signal);
  const timeCuts = settings.split === 'time' ? findTimeCuts(kept.times, settings) : null;
  await breathe();
  const numbered = numberItems(kept.items, staging, settings.catalogue === 'all');
  const { itemIds, itemOf, entryOf, isInLog } = numbered;
  await breathe();
  const { userIds, userOf, offsets } = numberUsers(kept.users, staging);
  await breathe();
  if (settings.catalogue === 'all') sayCatalogue(numbered, staging, report);
  warnOfRepeatedItems(staging, report);
  const inLog = itemIds.flatMap((id, number) =>
    isInLog(number) ? [{ id, known: entryOf[number] >= 0 }] : [],
  );
  for (const text of [
    missingTexts(inLog, staging, settings),
    idsInTwoForms({ users: userIds, items: itemIds }),
    mixedUnits(kept.times),
  ])
    if (text !== null) report({ type: 'warning', text });
  await breathe();
  return { userIds, offsets, numbered, timeCuts, ...orderEvents(kept, { userOf, itemOf, offsets }) };
}

/** Users by their first event: ids in this order, numbers by those of the log, and where the events of each begin. */
function numberUsers(users: Int32Array, { log }: Staging) {
  const userOf = new Int32Array(log.users.size()).fill(-1);
  const counts = countsOf(users);
  const userIds: string[] = [];
  const ends = [0];
  for (const user of users) {
    if (userOf[user] >= 0) continue;
    userOf[user] = userIds.length;
    userIds.push(log.users.textOf(user));
    ends.push(ends[ends.length - 1] + counts[user]);
  }
  return { userIds, userOf, offsets: Int32Array.from(ends) };
}

function sayCatalogue(
  { itemIds, itemOf, isInLog }: NumberedItems,
  { entries }: Staging,
  report: Reporter,
): void {
  const added = itemIds.filter((_, number) => !isInLog(number)).length;
  const hidden = entries.items.filter((item, at) => !entries.offered[at] && itemOf[item] < 0).length;
  const text = `catalogue: all keeps ${added} items without an interaction${hidden > 0 ? `; ${hidden} more are not for sale and left out` : ''}`;
  report({ type: 'note', text });
}

function warnOfRepeatedItems({ entries, log }: Staging, report: Reporter): void {
  const counts = countsOf(Int32Array.from(entries.items));
  const repeated = counts.reduce((sum, count) => sum + (count > 1 ? 1 : 0), 0);
  if (repeated === 0) return;
  const example = log.items.textOf(entries.items.find((item) => counts[item] > 1)!);
  report({
    type: 'warning',
    text: `${repeated} items (such as ${example}) have several entries in the metadata; the first of each is used`,
  });
}
