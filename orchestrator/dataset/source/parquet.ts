import { basename } from 'node:path';
import { messageOf, UserError } from '../../shared/errors.ts';
import { BrokenLine } from './broken-line.ts';
import type { ChooseColumns, TableReading } from './delimited.ts';
import { createLineTally } from './line-tally.ts';
import { forEachRow, quotedPath } from './table-rows.ts';

/** Like `forEachDelimitedRow`, for a Parquet file: dates come as seconds since 1970, lists as JSON, all as text. */
export async function forEachParquetRow(
  path: string,
  choose: ChooseColumns,
  take: (values: (string | null)[]) => void,
  { connection, maxBrokenShare, report, signal }: TableReading,
): Promise<void> {
  const source = `read_parquet(${quotedPath(path)}, hive_partitioning=false)`;
  const types = await columnTypes(path, source, { connection });
  const chosen = choose([...types.keys()], path).map((name) => {
    if (name === null) return 'NULL';
    const column = `"${name.replaceAll('"', '""')}"`;
    const type = types.get(name) ?? '';
    if (/^(TIMESTAMP|DATE)/.test(type)) return `epoch(${column})::VARCHAR`;
    return /[[(]/.test(type) && !type.startsWith('DECIMAL')
      ? `to_json(${column})::VARCHAR`
      : `${column}::VARCHAR`;
  });
  const tally = createLineTally(path, maxBrokenShare, report);
  let row = 0;
  const takeRow = (values: unknown[]) => {
    row++;
    try {
      take(values as (string | null)[]);
      tally.good();
    } catch (error) {
      if (!(error instanceof BrokenLine)) throw error;
      tally.broken(row, error.message);
    }
  };
  const progress = (done: number) =>
    report({ type: 'progress', label: `reading ${basename(path)}`, done, total: 100 });
  await forEachRow(connection, `SELECT ${chosen.join(', ')} FROM ${source}`, path, signal, takeRow, progress);
  progress(100);
  tally.finish();
}

async function columnTypes(
  path: string,
  source: string,
  { connection }: Pick<TableReading, 'connection'>,
): Promise<Map<string, string>> {
  try {
    const result = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${source}`);
    return new Map(result.getRows().map(([name, type]) => [String(name), String(type)] as const));
  } catch (cause) {
    throw new UserError(
      'dataset/unreadable',
      `is not a whole Parquet file: ${messageOf(cause).split('\n')[0]}`,
      {
        place: path,
        remedy: 'Copy or write the file again.',
        cause,
      },
    );
  }
}
