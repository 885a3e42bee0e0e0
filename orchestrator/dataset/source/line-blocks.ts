import { createReadStream, statSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { createGunzip } from 'node:zlib';
import { UserError } from '../../shared/errors.ts';
import type { Reporter } from '../../shared/reporter.ts';
import { BrokenLine } from './broken-line.ts';
import type { LineTally } from './line-tally.ts';
import { brokenGzip } from './plain-copy.ts';

const longestLine = 64 * 1024 * 1024;

export interface LineReading {
  report: Reporter;
  signal: AbortSignal | undefined;
  /** What the progress bar says. */
  label: string;
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
  let line = 0;
  for await (const texts of lineBlocks(path, reading)) {
    for (const text of texts) {
      line++;
      if (text.trim() === '') continue;
      try {
        take(text);
        tally.good();
      } catch (error) {
        if (!(error instanceof BrokenLine)) throw error;
        tally.broken(line, error.message);
      }
    }
  }
  tally.finish();
}

/** The lines of a file, a block at a time; stopping early closes the file. */
export async function* lineBlocks(
  path: string,
  { report, signal, label }: LineReading,
): AsyncGenerator<string[]> {
  const total = statSync(path).size;
  const file = createReadStream(path, { highWaterMark: 1 << 18, signal });
  const stream = path.endsWith('.gz') ? file.pipe(createGunzip()) : file;
  file.on('error', (error) => stream.destroy(error));
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let first = true;
  let reported = 0;
  try {
    for await (const chunk of stream) {
      let text = rest + decoder.write(chunk as Buffer);
      if (first) text = text.replace(/^\uFEFF/, '');
      first = false;
      const lines = text.split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > longestLine) throw tooLong(path);
      yield lines;
      if (file.bytesRead - reported > total / 100) {
        reported = file.bytesRead;
        report({ type: 'progress', label, done: reported, total });
      }
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw (error as NodeJS.ErrnoException).code?.startsWith('Z_') ? brokenGzip(path, error) : error;
  } finally {
    file.destroy();
  }
  rest += decoder.end();
  if (rest !== '') yield [rest];
  report({ type: 'progress', label, done: total, total });
}

function tooLong(path: string): UserError {
  return new UserError('dataset/line-too-long', `a line is longer than ${longestLine} characters`, {
    place: path,
    remedy: 'This is not a file of lines: check the format, or write one record a line.',
  });
}
