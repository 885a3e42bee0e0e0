import { isUtf8 } from 'node:buffer';
import { createReadStream, statSync } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { messageOf, UserError } from '../../shared/errors.ts';
import type { Reporter } from '../../shared/reporter.ts';
import { BrokenLine } from './broken-line.ts';
import type { LineTally } from './line-tally.ts';
import { decodeLine, headBytes, type TextEncoding, withoutMark } from './text-encoding.ts';

const longestLine = 64 * 1024 * 1024;
const [lineFeed, carriageReturn] = [10, 13];

export interface LineReading {
  report: Reporter;
  signal: AbortSignal | undefined;
  /** What the progress bar says. */
  label: string;
  encoding?: TextEncoding | undefined;
  /** `forEachLine` ends behind so many lines. */
  rows?: number | undefined;
}

/**
 * Reads a text file (UTF-8, gzipped when its name ends in `.gz`) line by line. `take` uses one line or throws
 * `BrokenLine`, which the tally counts. Blank lines are passed over.
 */
export async function forEachLine(
  path: string,
  tally: LineTally,
  take: (text: string) => void,
  reading: LineReading,
): Promise<void> {
  const { rows = Number.POSITIVE_INFINITY } = reading;
  let line = 0;
  for await (const texts of lineBlocks(path, reading)) {
    for (const text of texts) {
      line++;
      if (line > rows) return tally.finish();
      try {
        if (text instanceof BrokenLine) throw text;
        if (text.trim() === '') continue;
        take(text);
        tally.good();
      } catch (error) {
        if (!(error instanceof BrokenLine)) throw error;
        tally.broken(line, error);
      }
    }
  }
  tally.finish();
}

/**
 * The lines of a file, a block at a time; stopping early closes the file. Lines end in LF or CRLF, also in turns; in
 * a file without LF, in CR. A CR elsewhere, U+2028 and the like are content. A line that is not UTF-8 comes as the
 * `BrokenLine` to throw.
 */
export async function* lineBlocks(
  path: string,
  { report, signal, label, encoding = 'utf-8' }: LineReading,
): AsyncGenerator<(string | BrokenLine)[]> {
  const total = statSync(path).size;
  const file = createReadStream(path, { highWaterMark: 1 << 18, signal });
  const stream = /\.gz$/i.test(path) ? file.pipe(createGunzip()) : file;
  file.on('error', (error) => stream.destroy(error));
  let held: Buffer[] = [];
  let heldBytes = 0;
  let started = false;
  let end: number | undefined;
  let reported = 0;
  const take = (chunk: Buffer) => {
    held.push(chunk);
    heldBytes += chunk.length;
  };
  const start = () => {
    if (started) return;
    started = true;
    held = [withoutMark(path, Buffer.concat(held))];
    end = endOf(held[0]);
  };
  try {
    for await (const chunk of stream) {
      take(chunk as Buffer);
      if (heldBytes < headBytes && !started) continue;
      start();
      end ??= endOf(chunk as Buffer);
      if (heldBytes > longestLine) throw tooLong(path);
      if (end === undefined || !held[held.length - 1].includes(end)) continue;
      const bytes = Buffer.concat(held);
      const last = bytes.lastIndexOf(end);
      yield linesOf(bytes.subarray(0, last), end, encoding);
      held = [];
      heldBytes = 0;
      take(bytes.subarray(last + 1));
      if (file.bytesRead - reported > total / 100) {
        reported = file.bytesRead;
        report({ type: 'progress', label, done: reported, total });
      }
    }
    start();
    const bytes = Buffer.concat(held);
    const whole = end !== undefined && bytes[bytes.length - 1] === end;
    if (bytes.length > 0) yield linesOf(whole ? bytes.subarray(0, -1) : bytes, end ?? lineFeed, encoding);
  } catch (error) {
    signal?.throwIfAborted();
    throw (error as NodeJS.ErrnoException).code?.startsWith('Z_') ? brokenGzip(path, error) : error;
  } finally {
    file.destroy();
  }
  report({ type: 'progress', label, done: total, total });
}

function endOf(bytes: Buffer): number | undefined {
  return [lineFeed, carriageReturn].find((end) => bytes.includes(end));
}

function linesOf(bytes: Buffer, end: number, encoding: TextEncoding): (string | BrokenLine)[] {
  const lines = isUtf8(bytes)
    ? bytes.toString('utf8').split(String.fromCharCode(end))
    : splitBytes(bytes, end).map((line) => decodeLine(line, encoding));
  if (end === carriageReturn || !bytes.includes(carriageReturn)) return lines;
  return lines.map((line) => (typeof line === 'string' && line.endsWith('\r') ? line.slice(0, -1) : line));
}

function splitBytes(bytes: Buffer, end: number): Buffer[] {
  const parts: Buffer[] = [];
  for (let at = 0; at <= bytes.length; ) {
    const next = bytes.indexOf(end, at);
    const to = next < 0 ? bytes.length : next;
    parts.push(bytes.subarray(at, to));
    at = to + 1;
  }
  return parts;
}

function tooLong(path: string): UserError {
  return new UserError('dataset/line-too-long', `a line is longer than ${longestLine} bytes`, {
    place: path,
    remedy: 'This is not a file of lines: check the format, or write one record a line.',
  });
}

function brokenGzip(path: string, cause: unknown): UserError {
  return new UserError('dataset/broken-gzip', `is not a complete gzip file: ${messageOf(cause)}`, {
    place: path,
    remedy: 'The file is truncated or not gzipped: download it again, or remove .gz from its name.',
    cause,
  });
}
