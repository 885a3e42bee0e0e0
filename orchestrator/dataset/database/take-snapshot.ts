import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../shared/errors.ts';
import type { Reporter } from '../../shared/reporter.ts';
import { syncFolder } from '../../storage/atomic-file.ts';
import { hashText } from '../../storage/hash.ts';
import { writeJson } from '../../storage/json-file.ts';
import { makeFolder } from '../../storage/make-folder.ts';
import { chooseColumns, type WantedColumn } from '../readers/choose-columns.ts';
import { eventColumns, itemColumns } from '../readers/wanted-columns.ts';
import type { DatasetSettings } from '../settings.ts';
import { databaseError } from './database-error.ts';
import { type OpenedDatabase, openDatabase } from './open-database.ts';
import { hasOwnOrder, selectText } from './select-text.ts';
import { writeSnapshotFile } from './snapshot-file.ts';
import { snapshotFiles } from './snapshot-files.ts';

export interface SnapshotWork {
  report: Reporter;
  signal?: AbortSignal | undefined;
  /** No more than so many rows of each query. */
  rows?: number | undefined;
}

/**
 * Reads the columns that the settings name out of a database, events and items as of one moment, into a folder below
 * `parent` that is named by the hash of its rows; equal rows give the same folder. Throws a UserError for whatever is wrong
 * with address, queries or columns.
 */
export async function takeSnapshot(
  settings: DatasetSettings,
  parent: string,
  work: SnapshotWork,
): Promise<string> {
  const database = await openDatabase(settings.path, settings.password_env, work.signal);
  try {
    makeFolder(parent);
    const folder = mkdtempSync(join(parent, '.reading-'));
    try {
      const target = join(parent, await readInto(folder, database, settings, work));
      rmSync(target, { recursive: true, force: true });
      renameSync(folder, target);
      syncFolder(parent);
      return target;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  } finally {
    await database.close();
  }
}

/** Returns the name of the snapshot. */
async function readInto(
  folder: string,
  database: OpenedDatabase,
  settings: DatasetSettings,
  { report, signal, rows }: SnapshotWork,
): Promise<string> {
  const { path, memory_limit: memoryLimit } = settings;
  const read = async (what: 'events' | 'items', choose: (names: string[]) => WantedColumn[]) => {
    const setting = settings[what];
    if (setting === undefined) return null;
    const key = `dataset.${what}`;
    const query = selectText(setting, database.quote, path, key);
    try {
      const names = await database.columnsOf(query);
      const columns = [...new Set(chooseColumns(choose(names), names, `${key} of ${path}`))];
      const chosen = columns.filter((name) => name !== null);
      const sorted = !hasOwnOrder(query);
      if (what === 'events' && sorted && settings.columns.time === null) throw noOrder(path);
      const lines = linesOf(database, query, names, chosen, { report, rows, label: `reading ${what}` });
      const order = { sorted, folder, memoryLimit };
      return await writeSnapshotFile(join(folder, snapshotFiles[what]), lines, order, signal);
    } catch (error) {
      signal?.throwIfAborted();
      throw databaseError(error, path, key);
    } finally {
      for (const name of ['sorting.duckdb', 'sorting.duckdb.wal', 'spill'])
        rmSync(join(folder, name), { recursive: true, force: true });
    }
  };
  const events = await read('events', () => eventColumns(settings));
  const items = await read('items', (names) => itemColumns(settings, names));
  writeJson(join(folder, snapshotFiles.header), { read_at: new Date().toISOString(), events, items });
  return hashText(`${events?.sha256} ${items?.sha256}`).slice(0, 32);
}

/** A JSON record for each row, in batches, with the chosen columns alone. */
async function* linesOf(
  database: OpenedDatabase,
  query: string,
  names: readonly string[],
  chosen: readonly string[],
  {
    report,
    rows = Number.POSITIVE_INFINITY,
    label,
  }: { report: Reporter; rows: number | undefined; label: string },
): AsyncIterable<string[]> {
  const places = chosen.map((name) => names.indexOf(name));
  let done = 0;
  for await (const batch of database.rowsOf(query)) {
    const kept = batch.slice(0, rows - done);
    done += kept.length;
    yield kept.map((row) =>
      JSON.stringify(Object.fromEntries(chosen.map((name, at) => [name, row[places[at]]]))),
    );
    // How many there are in all, nobody knows yet.
    report({ type: 'progress', label: `${label}: ${done.toLocaleString('en-US')} rows`, done: 0, total: 1 });
    if (done >= rows) return;
  }
}

function noOrder(place: string): UserError {
  return new UserError(
    'dataset/no-order',
    'the rows of a table are in no order, and columns.time is not set',
    {
      place,
      remedy: 'Name the column of the time in columns.time, or give events as a SELECT … ORDER BY.',
    },
  );
}
