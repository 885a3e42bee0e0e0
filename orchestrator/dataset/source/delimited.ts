import { basename } from 'node:path';
import { UserError } from '../../shared/errors.ts';
import type { Reporter } from '../../shared/reporter.ts';
import { BrokenLine } from './broken-line.ts';
import { lineBlocks } from './line-blocks.ts';
import { createLineTally } from './line-tally.ts';
import { createRowSplitter } from './row-splitter.ts';
import type { TextEncoding } from './text-encoding.ts';

export interface DelimitedFile {
  path: string;
  delimiter: string;
  /** The columns' names where the file has no header line; `numbered`: they are called 1, 2, … */
  columns?: readonly string[] | 'numbered' | undefined;
  /** Whether `"` surrounds values that hold the delimiter. */
  quotes: boolean;
  encoding?: TextEncoding | undefined;
}

/** What reading a file needs besides the file. */
export interface FileReading {
  maxBrokenShare: number;
  report: Reporter;
  signal: AbortSignal | undefined;
  /** No more than so many rows are read. */
  rows?: number | undefined;
}

/** Which columns to hand over, by name; chosen from the names that the file has. */
export type ChooseColumns = (names: string[], path: string) => (string | null)[];

/**
 * Reads a delimited file. `take` gets the chosen columns of each row as text (null for an empty or unchosen one) and
 * throws `BrokenLine` for a row that cannot be used.
 */
export async function forEachDelimitedRow(
  file: DelimitedFile,
  choose: ChooseColumns,
  take: (values: (string | null)[]) => void,
  { maxBrokenShare, report, signal, rows = Number.POSITIVE_INFINITY }: FileReading,
): Promise<void> {
  const { path, delimiter, columns, quotes, encoding } = file;
  const tally = createLineTally(path, maxBrokenShare, report);
  let width = 0;
  let read = 0;
  let chosen: number[] | null = null;
  const begin = (names: readonly string[]) => {
    width = names.length;
    chosen = choose([...names], path).map((name) => (name === null ? -1 : names.indexOf(name)));
    return chosen;
  };
  if (Array.isArray(columns)) begin(columns);
  const splitter = createRowSplitter(delimiter, quotes, {
    row: (values, line) => {
      if (chosen === null) {
        if (columns === undefined) return void begin(headerOf(values, path));
        begin(values.map((_, at) => String(at + 1)));
      }
      read++;
      try {
        if (values.length !== width) throw wrongWidth(values, width);
        take((chosen ?? []).map((at) => values[at] || null));
        tally.good();
      } catch (error) {
        if (!(error instanceof BrokenLine)) throw error;
        tally.broken(line, error);
      }
    },
    broken: (line, problem) => {
      read++;
      if (chosen === null) throw brokenHeader(`${path}:${line}`, problem);
      tally.broken(line, problem);
    },
  });
  // Excel takes a first line `sep=;` for a setting, and many shops write one for it.
  let head: string | undefined = `sep=${delimiter}`;
  for await (const lines of lineBlocks(path, {
    report,
    signal,
    label: `reading ${basename(path)}`,
    encoding,
  }))
    for (const line of lines) {
      if (read >= rows) return tally.finish();
      splitter.add(line === head ? '' : line);
      head = undefined;
    }
  splitter.end();
  if (chosen === null) throw emptyFile(path);
  tally.finish();
}

const otherLineEnds = /[\r\n\x85\u2028\u2029]/;

function wrongWidth(values: string[], width: number): BrokenLine {
  const inside = values.some((value) => otherLineEnds.test(value));
  return new BrokenLine(
    `expected ${width} values, got ${values.length}${inside ? '; it holds line ends of another kind' : ''}`,
  );
}

function headerOf(values: string[], path: string): string[] {
  if (values.some((name) => otherLineEnds.test(name.trim())))
    throw brokenHeader(
      `${path}:1`,
      new BrokenLine(
        'it holds line ends of another kind',
        'Write the file with one kind of line ends, LF or CRLF.',
      ),
    );
  const names = values.map((name) => name.trim());
  const repeated = names.find((name, at) => name !== '' && names.indexOf(name) < at);
  if (repeated === undefined) return names;
  throw new UserError('dataset/repeated-column', `the header names the column "${repeated}" twice`, {
    place: `${path}:1`,
    remedy: 'Give every column its own name.',
  });
}

function brokenHeader(place: string, problem: BrokenLine): UserError {
  return new UserError('dataset/broken-header', `the first row cannot be read: ${problem.message}`, {
    place,
    remedy: problem.remedy ?? 'Check that the format fits the file.',
  });
}

function emptyFile(path: string): UserError {
  return new UserError('dataset/empty-file', 'expected a header line, got an empty file', {
    place: path,
    remedy: 'Copy or download the file again.',
  });
}
