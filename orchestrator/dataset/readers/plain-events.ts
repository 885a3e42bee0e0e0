import { isUtf8 } from 'node:buffer';
import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { ChooseColumns } from '../source/delimited.ts';
import { quotedPath, spaceError } from '../source/table-rows.ts';
import { headOf } from '../source/text-encoding.ts';
import { eventNeeds, type Reading } from './reader.ts';
import { isHeader } from './refuse-header.ts';

export interface PlainFile {
  path: string;
  delimiter: string;
  quotes: boolean;
  /** Columns are named by their places: there is no header line. */
  numbered: boolean;
}

/** From this size on it pays to look whether a file is plain. */
const plainFrom = 8 * 1024 * 1024;

const id = '[A-Za-z0-9_-][A-Za-z0-9_.:/@-]*';
const number = '[0-9]{1,19}([.][0-9]{1,9})?';
const date = '(19|20)[0-9]{2}-[01][0-9]-[0-3][0-9]([ T]([01][0-9]|2[0-3])(:[0-5][0-9]){2}( ?(Z|UTC))?)?';
/** What `isAbsent` takes for no value, of what an id may look like. */
const absent = '(?i)(na|nan|null|none|n/a)';

/**
 * Stages the interactions of a large table by DuckDB's own reader, a multiple as fast, where every row of it is plain: as
 * many values as the header has, nothing quoted, ids of ordinary characters, times as numbers or ISO dates. True where
 * that was so, and rows are what reading them line by line would have staged. False where anything is otherwise: then
 * nothing is staged, and that reader decides, and finds the words.
 */
export async function stagePlainEvents(
  file: PlainFile,
  choose: ChooseColumns,
  reading: Reading,
  from = plainFrom,
): Promise<boolean> {
  const { path, delimiter, numbered } = file;
  const { settings, staging, report, signal, rows } = reading;
  const needs = eventNeeds(reading, settings.columns.time !== null);
  if (rows !== undefined || needs.quantity || delimiter.length !== 1 || /\.gz$/i.test(path)) return false;
  if (statSync(path).size < from) return false;
  const first = firstRow(file);
  if (!first) return false;
  const names = first.map((value, at) => (numbered ? String(at + 1) : value.trim()));
  const chosen = columnsOf(names, choose, path);
  if (!chosen || (numbered && isHeader([first[chosen[0]], first[chosen[1]]]))) return false;
  if (!(await hasPlainBytes(file, names.length, signal))) return false;
  const [user, item, time, rating] = chosen.map((at) => (at < 0 ? 'NULL' : `c${at}`));
  const columns = names.map((_, at) => `'c${at}': 'VARCHAR'`).join(', ');
  const label = `reading ${basename(path)}`;
  const { connection } = staging;
  const told = setInterval(
    () => report({ type: 'progress', label, done: Math.max(0, connection.progress.percentage), total: 100 }),
    500,
  );
  try {
    await connection.run(
      `INSERT INTO raw_events SELECT ${plainId(user)}, ${plainId(item)},
         ${needs.time ? plainTime(time) : 'NULL'}, ${plainRating(rating, needs.rating)}, NULL
       FROM read_csv(${quotedPath(path)}, auto_detect = false, strict_mode = true, header = false, skip = ${numbered ? 0 : 1},
         delim = '${delimiter}', quote = '', escape = '', comment = '', new_line = '\\n', columns = {${columns}})`,
    );
    report({ type: 'progress', label, done: 100, total: 100 });
    return true;
  } catch (error) {
    signal?.throwIfAborted();
    const space = spaceError(error);
    if (space) throw space;
    return false;
  } finally {
    clearInterval(told);
  }
}

/** The values of the first row; null where they say already that the file is not plain. */
function firstRow({ path, delimiter }: PlainFile): string[] | null {
  if (/[\w\s"'\\]/.test(delimiter) && delimiter !== '\t') return null;
  const head = headOf(path).toString('utf8');
  const end = head.indexOf('\n');
  return end <= 0 || /^(\uFEFF|sep=)/.test(head) ? null : head.slice(0, end).split(delimiter);
}

/**
 * Whether the file holds nothing that DuckDB and the reader that goes line by line take differently: quotes, other line
 * ends, bytes that are not UTF-8, and a delimiter behind the last value, which DuckDB passes over.
 */
async function hasPlainBytes(
  { path, delimiter, quotes }: PlainFile,
  width: number,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const unlike = ['\r', '\0', ...(quotes ? ['"'] : [])];
  let delimiters = 0;
  let lines = 0;
  let held = Buffer.alloc(0);
  const isPlain = (bytes: Buffer) => !unlike.some((character) => bytes.includes(character)) && isUtf8(bytes);
  const count = (bytes: Buffer) => {
    const parting = delimiter.charCodeAt(0);
    let last = lineFeed;
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at];
      if (byte === parting) delimiters++;
      else if (byte === lineFeed && last !== lineFeed) lines++;
      last = byte;
    }
  };
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20, signal })) {
    const bytes = Buffer.concat([held, chunk as Buffer]);
    const end = bytes.lastIndexOf(lineFeed) + 1;
    const whole = bytes.subarray(0, end);
    if (end === 0 || !isPlain(whole)) return false;
    count(whole);
    held = bytes.subarray(end);
  }
  if (held.length > 0) {
    if (!isPlain(held)) return false;
    count(held);
    lines++;
  }
  return delimiters === lines * (width - 1);
}

const lineFeed = 10;

/** Places of the chosen columns, -1 for one that nothing is asked for; null where the header does not have them. */
function columnsOf(names: string[], choose: ChooseColumns, path: string): number[] | null {
  if (new Set(names).size < names.length) return null;
  try {
    return choose(names, path).map((name) => (name === null ? -1 : names.indexOf(name)));
  } catch {
    return null;
  }
}

const orNot = (holds: string, value: string) =>
  `CASE WHEN ${holds} THEN ${value} ELSE error('not plain') END`;

// No IN: DuckDB makes a join of it, which loses the order of the rows.
const plainId = (column: string): string =>
  orNot(`regexp_full_match(${column}, '${id}') AND NOT regexp_full_match(${column}, '${absent}')`, column);

const plainRating = (column: string, needed: boolean): string =>
  `CASE WHEN ${needed ? 'false' : `${column} IS NULL`} THEN NULL ELSE ${orNot(`regexp_full_match(${column}, '-?${number}')`, `${column}::DOUBLE`)} END`;

const plainTime = (column: string): string =>
  `CASE WHEN regexp_full_match(${column}, '${date}') THEN epoch(regexp_replace(${column}, ' ?(Z|UTC)$', '')::TIMESTAMP)
     ELSE ${orNot(`regexp_full_match(${column}, '${number}')`, `${column}::DOUBLE`)} END`;
