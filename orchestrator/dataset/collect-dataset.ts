import type { DuckDBConnection } from '@duckdb/node-api';
import { createRandom } from '../shared/random.ts';
import type { Reporter } from '../shared/reporter.ts';
import { countOf } from './filter-events.ts';
import { idsInTwoForms, missingTexts } from './missing-texts.ts';
import { type DatasetSettings, isTable } from './settings.ts';
import { splitSlashes } from './source/category-path.ts';
import { itemWithoutText } from './source/item-text.ts';
import { placeItems } from './source/staged-items.ts';
import { forEachChunk, forEachRow, type RowsAsked } from './source/table-rows.ts';
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
     CREATE TABLE numbered_users AS SELECT key, id AS user_id, (row_number() OVER (ORDER BY position) - 1)::INTEGER AS number
       FROM (SELECT "user" AS key, min(position) AS position FROM events GROUP BY "user") JOIN user_keys USING (key)`,
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
  const items = await readTexts(asked);
  if (isTable(settings.format)) splitSlashes(items);
  const userIds: string[] = [];
  await forEachRow({ ...asked, query: 'SELECT user_id FROM numbered_users ORDER BY number' }, ([id]) =>
    userIds.push(String(id)),
  );

  const events = new Int32Array(await countOf(connection, 'events'));
  const times = new Float64Array(events.length);
  const offsets = new Int32Array(userIds.length + 1);
  const trainEnd = new Int32Array(userIds.length);
  const validationEnd = new Int32Array(userIds.length);
  let at = 0;
  const pairs = { all: 0, equal: 0 };
  let last: [number, number | null] = [-1, null];
  const eventQuery = `SELECT u.number, i.number, "time" FROM events
       JOIN numbered_users u ON u.key = events."user" JOIN numbered_items i ON i.key = events.item
       ORDER BY u.number, "time", position`;
  await forEachChunk({ ...asked, query: eventQuery }, (rows, [users, itemNumbers, allTimes]) => {
    for (let row = 0; row < rows; row++) {
      const user = users.getItem(row) as number;
      const time = allTimes.getItem(row) as number;
      if (user === last[0]) pairs.all++;
      if (user === last[0] && time === last[1]) pairs.equal++;
      last = [user, time];
      times[at] = time;
      events[at++] = itemNumbers.getItem(row) as number;
      offsets[user + 1] = at;
      if (timeCuts === null) continue;
      if (time < timeCuts[0]) trainEnd[user] = at;
      if (time < timeCuts[1]) validationEnd[user] = at;
    }
  });
  for (let user = 0; user < userIds.length; user++) {
    const [start, end] = [offsets[user], offsets[user + 1]];
    const [validation, test] = end - start >= 3 ? heldOut(settings, userIds[user]) : [0, 0];
    trainEnd[user] = timeCuts === null ? end - validation - test : Math.max(trainEnd[user], start);
    validationEnd[user] = timeCuts === null ? end - test : Math.max(validationEnd[user], trainEnd[user]);
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
  if (last[1] === null) return dataset;
  return {
    ...dataset,
    times: inSeconds(times),
    ...(pairs.all > 0 ? { equalTimes: pairs.equal / pairs.all } : {}),
  };
}

/** By number. */
async function readTexts(asked: Omit<RowsAsked, 'query'>): Promise<Item[]> {
  const items: Item[] = [];
  const numberOf = new Map<number, number>();
  const numbered = 'SELECT number, text_at::DOUBLE, item_id FROM numbered_items ORDER BY number';
  await forEachRow({ ...asked, query: numbered }, ([number, position, id]) => {
    if (position === null) items[Number(number)] = itemWithoutText(String(id));
    else numberOf.set(Number(position), Number(number));
  });
  await placeItems(asked, numberOf, items);
  return items;
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
