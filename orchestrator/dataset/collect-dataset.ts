import { createRandom } from '../shared/random.ts';
import type { ArrangedLog } from './arrange-log.ts';
import type { LogNames } from './name-log.ts';
import { type DatasetSettings, isTable } from './settings.ts';
import { splitSlashes } from './source/category-path.ts';
import type { ItemFile } from './source/item-file.ts';
import { itemWithoutText } from './source/item-text.ts';
import { unitsPerSecond } from './time-units.ts';
import type { Dataset, Item } from './types.ts';

/** Gives items their texts, and splits the events. */
export async function collectDataset(
  { users: { offsets }, items: numbered, timeCuts, events, times }: ArrangedLog,
  { userIds, itemIds }: LogNames,
  itemFile: ItemFile,
  settings: DatasetSettings,
  signal?: AbortSignal,
): Promise<Dataset> {
  const { entryOf, placeOf } = numbered;
  const items = new Array<Item>(itemIds.length);
  itemIds.forEach((id, number) => {
    if (entryOf[number] < 0) items[number] = itemWithoutText(id);
  });
  await itemFile.readInto(items, { placeOf, itemIds }, signal);
  if (isTable(settings.format)) splitSlashes(items);
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

/** Events at the end of a user's history that are for validation and for test, where no time tells. */
function heldOut(
  { split, held_out_users }: DatasetSettings,
  userId: string,
): [validation: number, test: number] {
  if (split !== 'none') return [1, 1];
  // By the id, so that a later log of the shop holds out the same users.
  return [createRandom(0, 'held-out', userId).float() < held_out_users ? 1 : 0, 0];
}

/** The unit of the log is told by its latest time. In the same memory: times are the largest column. */
function inSeconds(times: Float64Array): Float64Array {
  let latest = Number.NEGATIVE_INFINITY;
  for (const time of times) latest = Math.max(latest, time);
  const perSecond = unitsPerSecond(latest);
  if (perSecond !== 1) for (let at = 0; at < times.length; at++) times[at] /= perSecond;
  return times;
}
