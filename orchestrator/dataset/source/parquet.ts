import { basename } from 'node:path';
import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import { firstLineOf, UserError } from '../../shared/errors.ts';
import { BrokenLine } from './broken-line.ts';
import type { ChooseColumns, FileReading } from './delimited.ts';
import { createLineTally } from './line-tally.ts';
import { plainValueOf, selectedColumn } from './plain-columns.ts';
import { forEachRow, quotedPath } from './table-rows.ts';
import { refuseOtherKinds } from './text-encoding.ts';

/**
 * Like `forEachDelimitedRow`, for a Parquet file: numbers of floating point and truth values come as such, lists and
 * records as JSON has them, bytes as the UTF-8 text that they hold, all else as text: an id or an attribute may be a date.
 */
export async function forEachParquetRow(
  path: string,
  choose: ChooseColumns,
  take: (values: unknown[]) => void,
  { connection, maxBrokenShare, report, signal, rows }: FileReading & { connection: DuckDBConnection },
): Promise<void> {
  const source = `read_parquet(${quotedPath(path)}, hive_partitioning=false)`;
  const types = await columnTypes(path, source, connection);
  const names = choose([...types.keys()], path);
  const chosen = names.map((name) => (name === null ? 'NULL' : selectedColumn(name, types.get(name) ?? '')));
  const plain = names.map((name) => plainValueOf(types.get(name ?? '') ?? ''));
  const tally = createLineTally(path, maxBrokenShare, report);
  let row = 0;
  const takeRow = (values: DuckDBValue[]) => {
    row++;
    try {
      take(values.map((value, at) => plain[at](value)));
      tally.good();
    } catch (error) {
      if (!(error instanceof BrokenLine)) throw error;
      tally.broken(row, error);
    }
  };
  const progress = (done: number) =>
    report({ type: 'progress', label: `reading ${basename(path)}`, done, total: 100 });
  const limit = rows === undefined ? '' : ` LIMIT ${rows}`;
  const query = `SELECT ${chosen.join(', ')} FROM ${source}${limit}`;
  await forEachRow({ connection, query, path, signal, progress }, takeRow);
  progress(100);
  tally.finish();
}

async function columnTypes(
  path: string,
  source: string,
  connection: DuckDBConnection,
): Promise<Map<string, string>> {
  try {
    const result = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${source}`);
    return new Map(result.getRows().map(([name, type]) => [String(name), String(type)] as const));
  } catch (cause) {
    refuseOtherKinds(path, 'a Parquet file');
    throw new UserError('dataset/unreadable', `is not a complete Parquet file: ${firstLineOf(cause)}`, {
      place: path,
      remedy: 'Copy or write the file again.',
      cause,
    });
  }
}
