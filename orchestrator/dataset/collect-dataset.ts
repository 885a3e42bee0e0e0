import { createRandom } from '../shared/random.ts';
import type { Reporter } from '../shared/reporter.ts';
import { countsOf } from './k-core.ts';
import { idsInTwoForms, missingTexts } from './missing-texts.ts';
import { type NumberedItems, numberItems } from './number-items.ts';
import { orderEvents } from './order-events.ts';
import { type DatasetSettings, isTable } from './settings.ts';
import { splitSlashes } from './source/category-path.ts';
import type { Events } from './source/event-log.ts';
import { itemWithoutText } from './source/item-text.ts';
import type { Staging } from './source/staging.ts';
import { findTimeCuts } from './time-cuts.ts';
import { mixedUnits, unitsPerSecond } from './time-units.ts';
import type { Dataset, Item } from './types.ts';

/**
 * Numbers users (by their first event in the log) and items (as in the metadata, then those without any by their
 * first event), puts events in order of time, ties in the order of the log, and splits.
 */
export async function collectDataset(
  kept: Events,
  staging: Staging,
  settings: DatasetSettings,
  report: Reporter,
  signal?: AbortSignal,
): Promise<Dataset> {
  const timeCuts = settings.split === 'time' ? findTimeCuts(kept.times, settings) : null;
  const numbered = numberItems(kept.items, staging, settings.catalogue === 'all');
  const { itemIds, itemOf, entryOf, placeOf } = numbered;
  const { userIds, userOf, offsets } = numberUsers(kept.users, staging);
  if (settings.catalogue === 'all') sayCatalogue(numbered, staging, report);
  warnOfRepeatedItems(staging, report);
  const isKnown = (number: number) => entryOf[number] >= 0;
  const inLog = itemIds.flatMap((id, number) =>
    numbered.isInLog(number) ? [{ id, known: isKnown(number) }] : [],
  );
  for (const text of [
    missingTexts(inLog, staging, settings),
    idsInTwoForms({ users: userIds, items: itemIds }),
    mixedUnits(kept.times),
  ])
    if (text !== null) report({ type: 'warning', text });

  const items = new Array<Item>(itemIds.length);
  itemIds.forEach((id, number) => {
    if (!isKnown(number)) items[number] = itemWithoutText(id);
  });
  await staging.itemFile.readInto(items, placeOf, signal);
  if (isTable(settings.format)) splitSlashes(items);
  const { events, times } = orderEvents(kept, { userOf, itemOf, offsets });
  const trainEnd = new Int32Array(userIds.length);
  const validationEnd = new Int32Array(userIds.length);
  for (let user = 0; user < userIds.length; user++) {
    const [start, end] = [offsets[user], offsets[user + 1]];
    const [validation, test] = end - start >= 3 ? heldOut(settings, userIds[user]) : [0, 0];
    trainEnd[user] = end - validation - test;
    validationEnd[user] = end - test;
    if (timeCuts === null || times === null) continue;
    [trainEnd[user], validationEnd[user]] = timeCuts.map((cut) => firstFrom(cut, times, start, end));
  }
  const protocol = {
    split: settings.split,
    timeCuts,
    kCore: settings.k_core,
    duplicates: settings.duplicates,
    minRating: settings.min_rating,
    requireMetadata: settings.require_metadata,
  };
  const historyLimit = settings.history_limit;
  const dataset = { items, userIds, offsets, events, trainEnd, validationEnd, historyLimit, protocol };
  if (times === null) return dataset;
  const equalTimes = shareOfEqual(times, offsets);
  return { ...dataset, times: inSeconds(times), ...(equalTimes === null ? {} : { equalTimes }) };
}

/** The first place in order of time, from `start` until `end`, that is not before `time`. */
function firstFrom(time: number, times: Float64Array, start: number, end: number): number {
  let at = start;
  while (at < end && times[at] < time) at++;
  return at;
}

/** Of the pairs of neighbours within users: those of one time. Null where there is no pair. */
function shareOfEqual(times: Float64Array, offsets: Int32Array): number | null {
  let [all, equal] = [0, 0];
  for (let user = 0; user + 1 < offsets.length; user++)
    for (let at = offsets[user] + 1; at < offsets[user + 1]; at++) {
      all++;
      if (times[at] === times[at - 1]) equal++;
    }
  return all === 0 ? null : equal / all;
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

/** Events at the end of a user's history that are for validation and for test, where no time tells. */
function heldOut(
  { split, held_out_users }: DatasetSettings,
  userId: string,
): [validation: number, test: number] {
  if (split !== 'none') return [1, 1];
  // By the id, so that a later log of the shop holds out the same users.
  return [createRandom(0, 'held-out', userId).float() < held_out_users ? 1 : 0, 0];
}

/** The unit of the log is told by its latest time. */
function inSeconds(times: Float64Array): Float64Array {
  const perSecond = unitsPerSecond(times.reduce((latest, time) => Math.max(latest, time), -Infinity));
  return times.map((time) => time / perSecond);
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
