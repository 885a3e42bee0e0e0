import { rmSync } from 'node:fs';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Client } from 'pg';
import { databaseError } from '../dataset/database/database-error.ts';
import { passwordFor } from '../dataset/database/open-database.ts';
import { connectPostgres } from '../dataset/database/postgres-client.ts';
import { parseAddress } from '../shared/database-address.ts';
import { UserError } from '../shared/errors.ts';
import { listColumns } from './blocks.ts';
import type { OutFile } from './out-file.ts';

const types = {
  user_id: 'text',
  rank: 'integer',
  item_id: 'text',
  score: 'double precision',
  cold: 'boolean',
} satisfies Record<(typeof listColumns)[number], string>;
type Columns = readonly (keyof typeof types)[];
const rowsAtOnce = 4096;

/**
 * Puts the view `lists` into a table of PostgreSQL, in one transaction: the rows are filled into a temporary table first,
 * then they take the place of the old ones. Readers see all old rows or all new ones; rights, indexes and views stay, and
 * a kill at any moment changes nothing. A table with other columns is left alone; one from before `cold` goes without it.
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
      `CREATE TABLE IF NOT EXISTS ${named} (${listColumns.map((name) => `${name} ${types[name]} NOT NULL`).join(', ')}, PRIMARY KEY (user_id, rank))`,
    );
    const columns = await columnsOf(client, named, path);
    await client.query(
      `CREATE TEMPORARY TABLE lists_of_eager_llm (${columns.map((name) => `${name} ${types[name]}`).join(', ')}) ON COMMIT DROP`,
    );
    await fill(client, lists, columns);
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
    if (rows[0].there) await columnsOf(client, named, path);
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

async function fill(client: Client, lists: DuckDBConnection, columns: Columns): Promise<void> {
  const result = await lists.stream(`SELECT ${columns.join(', ')} FROM lists`);
  const insert = `INSERT INTO lists_of_eager_llm SELECT * FROM unnest(${columns.map((name, at) => `$${at + 1}::${types[name]}[]`).join(', ')})`;
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

/** Those of the lists that a table has. Throws a UserError where it is another one. */
async function columnsOf(client: Client, named: string, place: string): Promise<Columns> {
  const { fields } = await client.query(`SELECT * FROM ${named} LIMIT 0`);
  const found = fields.map(({ name }) => name);
  const filled = listColumns.filter((name) => name !== 'cold' || found.includes(name));
  if ([...found].sort().join() === [...filled].sort().join()) return filled;
  throw new UserError(
    'lists/other-table',
    `the table has the columns ${found.join(', ')}; expected ${listColumns.join(', ')}, and none of its rows is touched`,
    { place, remedy: 'Name another table, as in ?table=recs, or drop this one.' },
  );
}

function quoted(table: string): string {
  return table
    .split('.')
    .map((part) => `"${part}"`)
    .join('.');
}
