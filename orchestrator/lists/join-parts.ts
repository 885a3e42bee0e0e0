import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { quotedPath } from '../dataset/source/table-rows.ts';
import { firstLineOf, UserError } from '../shared/errors.ts';
import { systemErrorOf } from '../shared/system-error.ts';
import { syncFolder } from '../storage/atomic-file.ts';
import { duckDBOffline } from '../storage/duckdb-offline.ts';
import { isThere } from '../storage/is-there.ts';
import { fillPostgres } from './fill-postgres.ts';
import type { OutFile, OutFormat } from './out-file.ts';

/** Name of the table in a `.duckdb` file. */
const listsTable = 'recommendations';

export interface JoinedParts {
  rows: number;
  /** Users with an item at least. */
  users: number;
}

const copyOptions: Record<Exclude<OutFormat, 'duckdb' | 'postgres'>, string> = {
  parquet: 'FORMAT parquet, COMPRESSION zstd',
  csv: 'FORMAT csv, HEADER',
  jsonl: 'FORMAT json',
};

/**
 * Makes one file of the parts, in their order, with the same memory however many there are. It takes the place of an
 * earlier one in one step, whose manifest goes first; in a database that is there only the table is replaced, in one
 * transaction. `folder`: for what is half made.
 */
export async function joinParts(
  parts: readonly string[],
  folder: string,
  out: OutFile,
  signal?: AbortSignal,
): Promise<JoinedParts> {
  const made = join(folder, 'joined.tmp');
  for (const left of [made, `${made}.wal`]) rmSync(left, { force: true });
  const inPlace = out.format === 'duckdb' && isThere(out.path);
  try {
    const joined = await withDuckDB(folder, signal, async (connection) => {
      await connection.run(`CREATE VIEW lists AS ${rowsOf(parts)}`);
      if (out.format === 'postgres') await fillPostgres(connection, out, signal);
      else if (out.format === 'duckdb') await fillTable(connection, inPlace ? out.path : made, out.manifest);
      else await connection.run(`COPY lists TO ${literal(made)} (${copyOptions[out.format]})`);
      const counted = await connection.runAndReadAll(
        'SELECT count(*)::DOUBLE, (count(*) FILTER (rank = 1))::DOUBLE FROM lists',
      );
      const [[rows, users]] = counted.getRows();
      return { rows: Number(rows), users: Number(users) };
    });
    if (!inPlace && out.format !== 'postgres') takePlace(made, out);
    return joined;
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof UserError) throw error;
    throw systemErrorOf(error, out.path) ?? notWritten(out.path, error);
  }
}

async function withDuckDB<T>(
  folder: string,
  signal: AbortSignal | undefined,
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: '512MB',
    threads: '2',
    temp_directory: join(folder, 'spill.tmp'),
    ...duckDBOffline,
  });
  const connection = await instance.connect();
  const interrupt = () => connection.interrupt();
  signal?.addEventListener('abort', interrupt);
  try {
    return await work(connection);
  } finally {
    signal?.removeEventListener('abort', interrupt);
    connection.closeSync();
    instance.closeSync();
  }
}

function rowsOf(parts: readonly string[]): string {
  const columns =
    "{user_id: 'VARCHAR', rank: 'INTEGER', item_id: 'VARCHAR', score: 'DOUBLE', cold: 'BOOLEAN'}";
  const files = `[${parts.map(quotedPath).join(', ')}]`;
  return `SELECT * FROM read_json(${files}, format = 'newline_delimited', columns = ${columns})`;
}

async function fillTable(connection: DuckDBConnection, path: string, manifest: string): Promise<void> {
  await connection.run(`ATTACH ${literal(path)} AS target`);
  rmSync(manifest, { force: true });
  await connection.run(`CREATE OR REPLACE TABLE target.${listsTable} AS FROM lists`);
  // Writes what is still in the log of the database into the file.
  await connection.run('CHECKPOINT target');
  await connection.run('DETACH target');
}

function takePlace(made: string, { path, manifest }: OutFile): void {
  const file = openSync(made, 'r+');
  fsyncSync(file);
  closeSync(file);
  rmSync(manifest, { force: true });
  renameSync(made, path);
  syncFolder(dirname(path));
}

function notWritten(place: string, cause: unknown): UserError {
  const message = firstLineOf(cause);
  return new UserError('lists/not-written', `cannot be written: ${message}`, {
    place,
    remedy:
      'Close programs that use the file, or name another; the same command goes on with the finished parts.',
    cause,
  });
}

function literal(path: string): string {
  return `'${path.replaceAll("'", "''")}'`;
}
