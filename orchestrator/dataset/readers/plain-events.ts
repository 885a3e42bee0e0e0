import { isUtf8 } from 'node:buffer';
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import type { ChooseColumns } from '../source/delimited.ts';
import { createPlainLines } from '../source/plain-lines.ts';
import { headOf } from '../source/text-encoding.ts';
import { lineBlock, wholeLines } from '../source/whole-lines.ts';
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

/** Room for lines that are shorter than the first ones. */
const spare = 1.02;

/**
 * Reads the interactions of a large table byte by byte, without making a text of every value: many times as fast, where
 * every row of it is plain, that is: as many values as the header has, nothing quoted, ids of ordinary characters. True
 * where that was so, and rows are what reading them line by line would have staged. False where anything is otherwise:
 * then nothing is staged, and that reader decides, and finds the words.
 */
export async function stagePlainEvents(
  file: PlainFile,
  choose: ChooseColumns,
  reading: Reading,
  from = plainFrom,
): Promise<boolean> {
  const { path, delimiter, quotes, numbered } = file;
  const { settings, staging, report, signal, rows } = reading;
  const needs = eventNeeds(reading, settings.columns.time !== null);
  if (rows !== undefined || needs.quantity || delimiter.length !== 1 || /\.gz$/i.test(path)) return false;
  const { size } = statSync(path);
  if (size < from) return false;
  const first = firstRow(file);
  if (!first) return false;
  const names = first.map((value, at) => (numbered ? String(at + 1) : value.trim()));
  const chosen = columnsOf(names, choose, path);
  if (!chosen || (numbered && isHeader([first[chosen[0]], first[chosen[1]]]))) return false;
  const { log } = staging;
  const before = log.size();
  const takeLines = createPlainLines(
    { chosen, width: names.length, delimiter: delimiter.charCodeAt(0) },
    needs,
    log,
  );
  const special = ['\r', '\0', ...(quotes ? ['"'] : [])];
  const isTaken = (lines: Buffer) =>
    !special.some((character) => lines.includes(character)) && isUtf8(lines) && takeLines(lines);
  const label = `reading ${basename(path)}`;
  let done = 0;
  for await (const lines of wholeLines(path, signal)) {
    const start = lines && done === 0 && !numbered ? lines.indexOf('\n') + 1 : 0;
    if (!lines || !isTaken(lines.subarray(start))) {
      log.cutTo(before);
      return false;
    }
    // By the lines so far, and some more; but not by the few before a very long one.
    if (done === 0 && lines.length > lineBlock / 2)
      log.expect(before + (log.size() - before) * (size / lines.length) * spare);
    done += lines.length;
    report({ type: 'progress', label, done: Math.min(done, size), total: size });
  }
  return true;
}

/** The values of the first row; null where they say already that the file is not plain. */
function firstRow({ path, delimiter }: PlainFile): string[] | null {
  if (/[\w\s"'\\]/.test(delimiter) && delimiter !== '\t') return null;
  const head = headOf(path).toString('utf8');
  const end = head.indexOf('\n');
  return end <= 0 || /^(\uFEFF|sep=)/.test(head) ? null : head.slice(0, end).split(delimiter);
}

/** Places of the chosen columns, -1 for one that nothing is asked for; null where the header does not have them. */
function columnsOf(names: string[], choose: ChooseColumns, path: string): number[] | null {
  if (new Set(names).size < names.length) return null;
  try {
    return choose(names, path).map((name) => (name === null ? -1 : names.indexOf(name)));
  } catch {
    return null;
  }
}
