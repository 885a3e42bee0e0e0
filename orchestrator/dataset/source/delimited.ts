import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import type { DuckDBConnection } from '@duckdb/node-api';
import { UserError } from '../../shared/errors.ts';
import type { Reporter } from '../../shared/reporter.ts';
import { BrokenLine } from './broken-line.ts';
import { createLineTally, shownBrokenLines } from './line-tally.ts';
import { plainCopy } from './plain-copy.ts';
import { forEachRow, quoted, quotedPath } from './table-rows.ts';

export interface DelimitedFile {
  path: string;
  /** One to four characters. */
  delimiter: string;
  /** The columns' names where the file has no header line. */
  columns?: readonly string[];
  /** Whether `"` surrounds values that hold the delimiter. */
  quotes: boolean;
  encoding?: 'utf-8' | 'latin-1';
}

/** What reading a file of a table needs besides the file. */
export interface TableReading {
  connection: DuckDBConnection;
  folder: string;
  maxBrokenShare: number;
  report: Reporter;
  signal: AbortSignal | undefined;
}

/** Which columns to hand over, by name; chosen from the names that the file has. */
export type ChooseColumns = (names: string[], path: string) => (string | null)[];

/**
 * Reads a delimited file through DuckDB. `take` gets the chosen columns of each row as text (null for an empty or
 * unchosen one) and throws `BrokenLine` for a row that cannot be used.
 */
export async function forEachDelimitedRow(
  file: DelimitedFile,
  choose: ChooseColumns,
  take: (values: (string | null)[]) => void,
  reading: TableReading,
): Promise<void> {
  const { connection, report, signal } = reading;
  const plain = await plainCopy(file.path, reading.folder, signal);
  const names = file.columns ? [...file.columns] : await headerOf(plain, file);
  const chosen = choose(names, file.path).map((name) => (name === null ? -1 : names.indexOf(name)));
  const tally = createLineTally(file.path, reading.maxBrokenShare, report);
  const rejects = 'rejected_lines';
  await connection.run(`DROP TABLE IF EXISTS ${rejects}; DROP TABLE IF EXISTS rejected_scans`);
  const columns = names.map((_, at) => `'c${at}': 'VARCHAR'`).join(', ');
  const source = `read_csv(${quotedPath(plain)}, hive_partitioning=false, auto_detect=false, header=${!file.columns}, columns={${columns}},
    delim=${quoted(file.delimiter)}, quote=${file.quotes ? `'"'` : `''`}, escape=${file.quotes ? `'"'` : `''`},
    encoding='${file.encoding ?? 'utf-8'}', store_rejects=true, rejects_table='${rejects}',
    rejects_scan='rejected_scans', rejects_limit=0)`;
  const selected = chosen.map((at) => (at < 0 ? 'NULL' : `c${at}`)).join(', ');

  const unusable: { record: number; reason: string }[] = [];
  let unusableCount = 0;
  let record = 0;
  const takeRow = (values: unknown[]) => {
    record++;
    try {
      take(values as (string | null)[]);
      tally.good();
    } catch (error) {
      if (!(error instanceof BrokenLine)) throw error;
      if (unusableCount++ < shownBrokenLines) unusable.push({ record, reason: error.message });
    }
  };
  const progress = (done: number) =>
    report({ type: 'progress', label: `reading ${basename(file.path)}`, done, total: 100 });
  await forEachRow(connection, `SELECT ${selected} FROM ${source}`, file.path, signal, takeRow, progress);
  progress(100);
  const rejected = await rejectedLines(connection, rejects);
  const lines = await linesOfRecords(plain, file, rejected, unusable);
  const broken = [
    ...[...rejected].map(([line, reason]) => ({ line, reason })),
    ...unusable.map(({ record, reason }, at) => ({ line: lines[at] ?? record, reason })),
  ];
  for (const { line, reason } of broken.sort((a, b) => a.line - b.line)) tally.broken(line, reason);
  for (let more = unusable.length; more < unusableCount; more++) tally.broken(0, '');
  tally.finish();
}

async function headerOf(plain: string, { path, delimiter, quotes }: DelimitedFile): Promise<string[]> {
  for await (const line of linesOf(plain)) {
    const names = line
      .replace(/^\uFEFF/, '')
      .split(delimiter)
      .map((name) => (quotes ? name.trim().replace(/^"(.*)"$/, '$1') : name.trim()));
    const repeated = names.find((name, at) => names.indexOf(name) < at);
    if (repeated === undefined) return names;
    throw new UserError('dataset/repeated-column', `the header names the column "${repeated}" twice`, {
      place: `${path}:1`,
      remedy: 'Give every column its own name.',
    });
  }
  throw new UserError('dataset/empty-file', 'expected a header line, got an empty file', {
    place: path,
    remedy: 'Copy or download the file again.',
  });
}

/** Lines that DuckDB could not split, by line number; several problems of a line count once. */
async function rejectedLines(connection: DuckDBConnection, table: string): Promise<Map<number, string>> {
  const result = await connection.runAndReadAll(
    `SELECT line::INTEGER, first(error_message ORDER BY error_message) FROM ${table} GROUP BY line ORDER BY line`,
  );
  return new Map(
    result.getRows().map(([line, message]) => [Number(line), String(message).split('\n')[0]] as const),
  );
}

/** The line numbers of records whose values turned out unusable: DuckDB passes over blank lines and rejected ones. */
async function linesOfRecords(
  plain: string,
  file: DelimitedFile,
  rejected: ReadonlyMap<number, string>,
  wanted: { record: number }[],
): Promise<number[]> {
  const found: number[] = [];
  let line = 0;
  let record = file.columns ? 0 : -1;
  if (wanted.length === 0) return found;
  for await (const text of linesOf(plain)) {
    line++;
    if (text === '' || rejected.has(line)) continue;
    record++;
    if (record === wanted[found.length].record) found.push(line);
    if (found.length === wanted.length) break;
  }
  return found;
}

function linesOf(path: string): AsyncIterable<string> {
  const input = createReadStream(path);
  return createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
}
