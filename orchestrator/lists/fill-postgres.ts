import { rmSync } from 'node:fs';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Client } from 'pg';
import { databaseError } from '../dataset/database/database-error.ts';
import { passwordFor } from '../dataset/database/open-database.ts';
import { connectPostgres } from '../dataset/database/postgres-client.ts';
import { parseAddress } from '../shared/database-address.ts';
import { UserError } from '../shared/errors.ts';
import type { OutFile } from './out-file.ts';

const columns = ['user_id', 'rank', 'item_id', 'score'];
const types = ['text', 'integer', 'text', 'double precision'];
const rowsAtOnce = 4096;

/**
 * Puts the view `lists` into a table of PostgreSQL, in one transaction: the rows are filled into a temporary table first,
 * then they take the place of the old ones. Readers see all old rows or all new ones; rights, indexes and views stay, and
 * a kill at any moment changes nothing. A table with other columns is left alone.
 */
export async function fillPostgres(
  lists: DuckDBConnection,
  { path, manifest }: OutFile,
  signal: AbortSignal | undefined,
): Promise<void> {
  const named = quoted(parseAddress(path).table ?? '');
  await withTable(path, signal, async (client) => {
    await client.query('BEGIN');
    await client.query(
      `CREATE TABLE IF NOT EXISTS ${named} (user_id text NOT NULL, rank integer NOT NULL, item_id text NOT NULL, score double precision NOT NULL, PRIMARY KEY (user_id, rank))`,
    );
    await checkColumns(client, named, path);
    await client.query(
      `CREATE TEMPORARY TABLE lists_of_eager_llm (${columns.map((name, at) => `${name} ${types[at]}`).join(', ')}) ON COMMIT DROP`,
    );
    await fill(client, lists);
    // Others may read meanwhile, and not write.
    await client.query(`LOCK TABLE ${named} IN SHARE ROW EXCLUSIVE MODE`);
    await client.query(`DELETE FROM ${named}`);
    await client.query(
      `INSERT INTO ${named} (${columns.join(', ')}) SELECT ${columns.join(', ')} FROM lists_of_eager_llm`,
    );
    rmSync(manifest, { force: true });
    await client.query('COMMIT');
  });
}

/** Finds out before any work that the server lets us in, and that a table which is there is one of lists. */
export async function checkPostgres({ path }: OutFile, signal: AbortSignal | undefined): Promise<void> {
  const named = quoted(parseAddress(path).table ?? '');
  await withTable(path, signal, async (client) => {
    const { rows } = await client.query('SELECT to_regclass($1) IS NOT NULL AS there', [named]);
    if (rows[0].there) await checkColumns(client, named, path);
  });
}

async function withTable(
  path: string,
  signal: AbortSignal | undefined,
  work: (client: Client) => Promise<void>,
): Promise<void> {
  const address = parseAddress(path);
  let close = async () => {};
  try {
    const opened = await connectPostgres(address, { password: passwordFor(address, undefined), signal });
    close = opened.close;
    await work(opened.client);
  } catch (error) {
    signal?.throwIfAborted();
    throw databaseError(error, path, 'the table of lists');
  } finally {
    await close();
  }
}

async function fill(client: Client, lists: DuckDBConnection): Promise<void> {
  const result = await lists.stream(`SELECT ${columns.join(', ')} FROM lists`);
  const insert = `INSERT INTO lists_of_eager_llm SELECT * FROM unnest(${types.map((type, at) => `$${at + 1}::${type}[]`).join(', ')})`;
  let waiting: unknown[][] = [];
  const send = async () => {
    if (waiting.length === 0) return;
    await client.query(
      insert,
      columns.map((_, at) => waiting.map((row) => row[at])),
    );
    waiting = [];
  };
  for (let chunk = await result.fetchChunk(); chunk?.rowCount; chunk = await result.fetchChunk()) {
    waiting.push(...chunk.getRows());
    if (waiting.length >= rowsAtOnce) await send();
  }
  await send();
}

async function checkColumns(client: Client, named: string, place: string): Promise<void> {
  const { fields } = await client.query(`SELECT * FROM ${named} LIMIT 0`);
  const found = fields.map(({ name }) => name).sort();
  if (found.join() === [...columns].sort().join()) return;
  throw new UserError(
    'lists/other-table',
    `the table has the columns ${found.join(', ')}; expected ${columns.join(', ')}, and none of its rows is touched`,
    { place, remedy: 'Name another table, as in ?table=recs, or drop this one.' },
  );
}

function quoted(table: string): string {
  return table
    .split('.')
    .map((part) => `"${part}"`)
    .join('.');
}
