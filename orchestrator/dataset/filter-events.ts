import type { DuckDBConnection } from '@duckdb/node-api';
import { UserError } from '../shared/errors.ts';
import type { Reporter } from '../shared/reporter.ts';
import { coreOf } from './k-core.ts';
import { type DatasetSettings, isShop } from './settings.ts';
import { putNumbers } from './source/put-numbers.ts';
import { forEachChunk } from './source/table-rows.ts';

/**
 * Makes the table `events ("user", item, time, position)` from the staged ones: minimal rating, metadata, duplicates, then
 * the k-core, in this order. Users and items are numbers there, so that no later query moves texts for every event; their
 * ids are in `user_keys` and `item_keys (key, id)`, which may have some without an event.
 */
export async function filterEvents(
  connection: DuckDBConnection,
  settings: DatasetSettings,
  report: Reporter,
  signal?: AbortSignal,
): Promise<void> {
  const read = await countOf(connection, 'raw_events');
  if (read === 0)
    throw new UserError('dataset/no-interactions', 'the log holds no interaction', {
      place: settings.path,
      remedy: 'Check path and format.',
    });
  const conditions = [
    settings.min_rating === null ? 'true' : `rating >= ${settings.min_rating}`,
    settings.require_metadata ? 'item_id IN (SELECT item_id FROM raw_items)' : 'true',
  ];
  const chosen = `raw_events WHERE ${conditions.join(' AND ')}`;
  const first =
    settings.duplicates === 'first'
      ? 'QUALIFY row_number() OVER (PARTITION BY u.key, i.key ORDER BY "time", position) = 1'
      : '';
  const keys = (id: string) =>
    `SELECT (row_number() OVER () - 1)::INTEGER AS key, id FROM (SELECT DISTINCT ${id} AS id FROM ${chosen})`;
  await connection.run(
    `CREATE TABLE user_keys AS ${keys('user_id')};
     CREATE TABLE item_keys AS ${keys('item_id')};
     CREATE TABLE events AS SELECT u.key AS "user", i.key AS item, "time", position FROM (SELECT *, rowid AS position FROM ${chosen}) chosen
       JOIN user_keys u ON u.id = user_id JOIN item_keys i ON i.id = item_id ${first}`,
  );
  const filtered = await countOf(connection, 'events');
  if (settings.k_core > 1 && filtered > 0) await keepCore(connection, settings, report, signal);
  const kept = await countOf(connection, 'events');
  if (kept === 0) throw nothingLeft(read, filtered, settings);
  if (kept < read) report({ type: 'note', text: `${kept} of ${read} interactions are kept` });
}

/** Leaves the k-core of the table `events`. It is found in memory: 8 bytes an event. */
async function keepCore(
  connection: DuckDBConnection,
  { k_core: k, format, path }: DatasetSettings,
  report: Reporter,
  signal?: AbortSignal,
): Promise<void> {
  const count = await countOf(connection, 'events');
  const [users, items] = [new Int32Array(count), new Int32Array(count)];
  let read = 0;
  await forEachChunk(
    { connection, query: 'SELECT "user", item FROM events', path, signal },
    (rows, [user, item]) => {
      for (let row = 0; row < rows; row++) {
        users[read] = Number(user.getItem(row));
        items[read++] = Number(item.getItem(row));
      }
    },
  );
  const left = coreOf({ users, items }, k, (round, events) => {
    signal?.throwIfAborted();
    report({ type: 'note', text: `${k}-core, round ${round}: ${events} interactions` });
  });
  const goneUsers = absentOf(left.users);
  const goneItems = absentOf(left.items);
  if (goneUsers.length + goneItems.length === 0) return;
  await putNumbers(connection, 'gone_users', goneUsers);
  await putNumbers(connection, 'gone_items', goneItems);
  await connection.run(
    `DELETE FROM events WHERE "user" IN (SELECT number FROM gone_users) OR item IN (SELECT number FROM gone_items);
     DROP TABLE gone_users; DROP TABLE gone_items`,
  );
  const shares = [
    `${shown(goneUsers.length)} of ${shown(left.users.length)} ${isShop(format) ? 'customers' : 'users'}`,
    `${shown(goneItems.length)} of ${shown(left.items.length)} items`,
  ];
  report({
    type: 'note',
    text: `k_core: ${k} leaves out ${shares.join(' and ')}; k_core: 0 keeps them`,
  });
}

function absentOf(counts: Int32Array): Int32Array {
  return Int32Array.from(counts.keys()).filter((number) => counts[number] === 0);
}

function shown(count: number): string {
  return count.toLocaleString('en-US');
}

export async function countOf(connection: DuckDBConnection, table: string): Promise<number> {
  const result = await connection.runAndReadAll(`SELECT count(*)::DOUBLE FROM ${table}`);
  return Number(result.getRows()[0][0]);
}

function nothingLeft(read: number, chosen: number, settings: DatasetSettings): UserError {
  const byCore = chosen > 0;
  return new UserError(
    'dataset/nothing-left',
    byCore
      ? `the ${settings.k_core}-core of ${chosen} interactions is empty`
      : `none of ${read} interactions passes min_rating${settings.require_metadata ? ' and require_metadata' : ''}`,
    {
      place: settings.path,
      remedy: byCore
        ? 'Lower k_core (0 keeps all users and items).'
        : 'Lower min_rating, or check that the metadata have the same item ids.',
    },
  );
}
