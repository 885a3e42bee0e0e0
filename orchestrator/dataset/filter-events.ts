import type { DuckDBConnection } from '@duckdb/node-api';
import { UserError } from '../shared/errors.ts';
import type { Reporter } from '../shared/reporter.ts';
import { type DatasetSettings, isShop } from './settings.ts';

/**
 * Makes the table `events (user_id, item_id, time, position)` from the staged ones: minimal rating, metadata,
 * duplicates, then the k-core, in this order.
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
  const first =
    settings.duplicates === 'first'
      ? 'QUALIFY row_number() OVER (PARTITION BY user_id, item_id ORDER BY "time", position) = 1'
      : '';
  await connection.run(
    `CREATE TABLE events AS SELECT user_id, item_id, "time", position FROM raw_events
     WHERE ${conditions.join(' AND ')} ${first}`,
  );
  const chosen = await countOf(connection, 'events');
  if (settings.k_core > 1 && chosen > 0) await keepCore(connection, settings, report, signal);
  const kept = await countOf(connection, 'events');
  if (kept === 0) throw nothingLeft(read, chosen, settings);
  if (kept < read) report({ type: 'note', text: `${kept} of ${read} interactions are kept` });
}

/**
 * Leaves out users and items with fewer than k events until all that are left have k: the largest such part of
 * the log, whatever the order of removal. Ids become numbers first, so that each round moves little.
 */
async function keepCore(
  connection: DuckDBConnection,
  { k_core: k, format }: DatasetSettings,
  report: Reporter,
  signal?: AbortSignal,
): Promise<void> {
  const before = await sizesOf(connection);
  await connection.run(
    `CREATE TABLE user_keys AS SELECT user_id, row_number() OVER () AS key FROM (SELECT DISTINCT user_id FROM events);
     CREATE TABLE item_keys AS SELECT item_id, row_number() OVER () AS key FROM (SELECT DISTINCT item_id FROM events);
     CREATE TABLE core AS SELECT u.key AS "user", i.key AS item, "time", position FROM events
       JOIN user_keys u USING (user_id) JOIN item_keys i USING (item_id);
     DROP TABLE events`,
  );
  for (let round = 1, last = -1; ; round++) {
    signal?.throwIfAborted();
    const now = await countOf(connection, 'core');
    if (now === last) break;
    report({ type: 'note', text: `${k}-core, round ${round}: ${now} interactions` });
    last = now;
    await connection.run(
      `CREATE TABLE next_core AS SELECT * FROM core
         WHERE "user" IN (SELECT "user" FROM core GROUP BY "user" HAVING count(*) >= ${k})
           AND item IN (SELECT item FROM core GROUP BY item HAVING count(*) >= ${k});
       DROP TABLE core;
       ALTER TABLE next_core RENAME TO core`,
    );
  }
  await connection.run(
    `CREATE TABLE events AS SELECT user_id, item_id, "time", position FROM core
       JOIN user_keys u ON u.key = core."user" JOIN item_keys i ON i.key = core.item;
     DROP TABLE core; DROP TABLE user_keys; DROP TABLE item_keys`,
  );
  const after = await sizesOf(connection);
  const left = (at: 0 | 1) => `${shown(before[at] - after[at])} of ${shown(before[at])}`;
  if (after[0] < before[0] || after[1] < before[1])
    report({
      type: 'note',
      text: `k_core: ${k} leaves out ${left(0)} ${isShop(format) ? 'customers' : 'users'} and ${left(1)} items; k_core: 0 keeps them`,
    });
}

function shown(count: number): string {
  return count.toLocaleString('en-US');
}

/** Users and items with an interaction. */
async function sizesOf(connection: DuckDBConnection): Promise<[users: number, items: number]> {
  const found = await connection.runAndReadAll(
    'SELECT count(DISTINCT user_id)::DOUBLE, count(DISTINCT item_id)::DOUBLE FROM events',
  );
  const [users, items] = found.getRows()[0];
  return [Number(users), Number(items)];
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
