import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** How far a file of JSON lines was read. A file that was written anew has another inode. */
export interface Place {
  inode: number;
  offset: number;
}

export interface NewLines {
  lines: Record<string, unknown>[];
  place: Place;
  /** The file has been replaced since `from`, so what was read before is no longer valid. */
  anew: boolean;
  /** There is more to read right away. */
  more: boolean;
}

/** The complete lines written since `from` (null: all), at most `mostBytes` of them; null where there is no file. */
export function readNewLines(file: string, from: Place | null, mostBytes = 4_000_000): NewLines | null {
  let handle: number;
  try {
    handle = openSync(file, 'r');
  } catch {
    return null;
  }
  try {
    const { ino: inode, size } = fstatSync(handle);
    const anew = from !== null && (from.inode !== inode || from.offset > size);
    const start = from === null || anew ? 0 : from.offset;
    const bytes = Buffer.alloc(Math.min(mostBytes, size - start));
    const read = readSync(handle, bytes, 0, bytes.length, start);
    const end = bytes.subarray(0, read).lastIndexOf(0x0a) + 1;
    const place = { inode, offset: start + end };
    // A line longer than one read is not one of ours: the reader stops before it.
    return {
      lines: parseLines(bytes.toString('utf8', 0, end)),
      place,
      anew,
      more: end > 0 && place.offset < size && read === mostBytes,
    };
  } finally {
    closeSync(handle);
  }
}

/** A kill may have cut off a line: what does not parse is left out. */
function parseLines(text: string): Record<string, unknown>[] {
  return text.split('\n').flatMap((line) => {
    try {
      const value: unknown = line ? JSON.parse(line) : null;
      return value !== null && typeof value === 'object' ? [value as Record<string, unknown>] : [];
    } catch {
      return [];
    }
  });
}
