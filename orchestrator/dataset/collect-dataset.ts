import type { DuckDBConnection } from '@duckdb/node-api';
import { createRandom } from '../shared/random.ts';
import type { Reporter } from '../shared/reporter.ts';
import { countOf } from './filter-events.ts';
import { idsInTwoForms, missingTexts } from './missing-texts.ts';
import { orderEvents } from './order-events.ts';
import { type DatasetSettings, isTable } from './settings.ts';
import { splitSlashes } from './source/category-path.ts';
import { itemWithoutText } from './source/item-text.ts';
import { placeItems } from './source/staged-items.ts';
import { forEachRow, type RowsAsked } from './source/table-rows.ts';
import { findTimeCuts } from './time-cuts.ts';
import { mixedUnits, unitsPerSecond } from './time-units.ts';
import type { Dataset, Item } from './types.ts';

/**
 * Numbers users (by their first event in the log) and items (as in the metadata, then those without any by their
 * first event), puts events in order of time, ties in the order of the log, and splits.
 */
export async function collectDataset(
  connection: DuckDBConnection,
  settings: DatasetSettings,
  report: Reporter,
  signal?: AbortSignal,
): Promise<Dataset> {
  const timeCuts = settings.split === 'time' ? await findTimeCuts(connection, settings) : null;
  const further = settings.catalogue === 'all' ? 'OR offered' : '';
  await connection.run(
    `CREATE TABLE seen AS SELECT key, id AS item_id, position
       FROM (SELECT item AS key, min(position) AS position FROM events GROUP BY item) JOIN item_keys USING (key);
     CREATE TABLE texts AS SELECT item_id, min(position) AS position
       FROM raw_items WHERE item_id IN (SELECT item_id FROM seen) ${further} GROUP BY item_id;
     CREATE TABLE numbered_items AS SELECT key, item_id, texts.position AS text_at, seen.position AS seen_at,
         (row_number() OVER (ORDER BY texts.position NULLS LAST, seen.position) - 1)::INTEGER AS number
       FROM seen FULL JOIN texts USING (item_id);
     CREATE TABLE numbered_users AS SELECT key, id AS user_id, events, (row_number() OVER (ORDER BY position) - 1)::INTEGER AS number
       FROM (SELECT "user" AS key, min(position) AS position, count(*)::INTEGER AS events FROM events GROUP BY "user") JOIN user_keys USING (key)`,
  );
  if (settings.catalogue === 'all') await sayCatalogue(connection, report);
  await warnOfRepeatedItems(connection, report);
  for (const text of [
    await missingTexts(connection, settings),
    await idsInTwoForms(connection),
    await mixedUnits(connection),
  ])
    if (text !== null) report({ type: 'warning', text });

  const asked = { connection, path: settings.path, signal };
  const { items, itemOf } = await readTexts(asked);
  if (isTable(settings.format)) splitSlashes(items);
  const { userIds, userOf, offsets } = await readUsers(asked);
  const { events, times } = await orderEvents(asked, { userOf, itemOf, offsets });
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

/** In order of their numbers. */
async function readUsers(asked: Omit<RowsAsked, 'query'>) {
  const { connection } = asked;
  const userIds: string[] = [];
  const userOf = new Int32Array(await countOf(connection, 'user_keys'));
  const offsets = new Int32Array((await countOf(connection, 'numbered_users')) + 1);
  const query = 'SELECT user_id, key, events FROM numbered_users ORDER BY number';
  await forEachRow({ ...asked, query }, ([id, key, events]) => {
    userOf[Number(key)] = userIds.length;
    userIds.push(String(id));
    offsets[userIds.length] = offsets[userIds.length - 1] + Number(events);
  });
  return { userIds, userOf, offsets };
}

/** By number; `itemOf`: the number of each key. */
async function readTexts(asked: Omit<RowsAsked, 'query'>): Promise<{ items: Item[]; itemOf: Int32Array }> {
  const items: Item[] = [];
  const itemOf = new Int32Array(await countOf(asked.connection, 'item_keys'));
  const numberOf = new Map<number, number>();
  const numbered = 'SELECT number, text_at::DOUBLE, item_id, key FROM numbered_items ORDER BY number';
  await forEachRow({ ...asked, query: numbered }, ([number, position, id, key]) => {
    if (key !== null) itemOf[Number(key)] = Number(number);
    if (position === null) items[Number(number)] = itemWithoutText(String(id));
    else numberOf.set(Number(position), Number(number));
  });
  await placeItems(asked, numberOf, items);
  return { items, itemOf };
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

async function sayCatalogue(connection: DuckDBConnection, report: Reporter): Promise<void> {
  const added = await countOf(connection, '(FROM numbered_items WHERE seen_at IS NULL)');
  const hidden = await countOf(
    connection,
    '(FROM raw_items WHERE NOT offered AND item_id NOT IN (SELECT item_id FROM numbered_items))',
  );
  const text = `catalogue: all keeps ${added} items without an interaction${hidden > 0 ? `; ${hidden} more are not for sale and left out` : ''}`;
  report({ type: 'note', text });
}

async function warnOfRepeatedItems(connection: DuckDBConnection, report: Reporter): Promise<void> {
  const result = await connection.runAndReadAll(
    'SELECT count(*)::DOUBLE, first(item_id ORDER BY position) FROM (SELECT item_id, min(position) AS position FROM raw_items GROUP BY item_id HAVING count(*) > 1)',
  );
  const [count, example] = result.getRows()[0];
  if (Number(count) > 0)
    report({
      type: 'warning',
      text: `${count} items (such as ${example}) have several entries in the metadata; the first of each is used`,
    });
}
