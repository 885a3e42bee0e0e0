import { basename } from 'node:path';
import { forEachLine } from '../source/line-blocks.ts';
import { createLineTally } from '../source/line-tally.ts';
import type { Reading } from './reader.ts';

/** Reads a file of lines with the run's tally, report and signal. */
export async function readLines(path: string, take: (text: string) => void, reading: Reading): Promise<void> {
  const { settings, report, signal, rows } = reading;
  const tally = createLineTally(path, settings.max_broken_share, report);
  await forEachLine(path, tally, take, { report, signal, rows, label: `reading ${basename(path)}` });
}
