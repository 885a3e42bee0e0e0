import { renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { syncFolder } from '../../storage/atomic-file.ts';
import { createTable } from './events-table.ts';

/**
 * Writes the log anew without a user's events, and puts it in the place of the old one: a database keeps what is deleted
 * in its file. The old one is held meanwhile. Returns how many events are gone.
 */
export async function forgetUser(connection: DuckDBConnection, file: string, user: string): Promise<number> {
  const found = await connection.runAndReadAll('SELECT count(*) FROM events WHERE user_id = $1', [user]);
  const gone = Number(found.getRows()[0][0]);
  if (gone === 0) return 0;
  const fresh = `${file}.${process.pid}.kept`;
  for (const left of [fresh, `${fresh}.wal`]) rmSync(left, { force: true });
  // Numbers go on, so that other processes see what comes next.
  const [[next]] = (
    await connection.runAndReadAll(
      "SELECT coalesce(last_value, 0) + 1 FROM duckdb_sequences() WHERE sequence_name = 'numbers'",
    )
  ).getRows();
  const [[own]] = (await connection.runAndReadAll('SELECT current_database()')).getRows();
  await connection.run(
    `ATTACH '${fresh.replaceAll("'", "''")}' AS fresh; USE fresh; ${createTable(Number(next))}`,
  );
  await connection.run(
    `INSERT INTO events SELECT * FROM "${own}".events WHERE user_id <> $1 ORDER BY number`,
    [user],
  );
  await connection.run(`CHECKPOINT fresh; USE "${own}"; DETACH fresh`);
  renameSync(fresh, file);
  syncFolder(dirname(file));
  return gone;
}
