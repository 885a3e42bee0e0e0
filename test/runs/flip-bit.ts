import { readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';

/** Turns one bit over in the middle of a file; size and times stay. */
export function flipBit(file: string): void {
  const { atime, mtime } = statSync(file);
  const bytes = readFileSync(file);
  bytes[bytes.length >> 1] ^= 1;
  writeFileSync(file, bytes);
  utimesSync(file, atime, mtime);
}
