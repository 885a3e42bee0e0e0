import { open } from 'node:fs/promises';

/** So many bytes are read at a time; the longest line that is handed over. */
export const lineBlock = 1 << 20;
const lineFeed = 10;

/**
 * A file in pieces of whole lines, each with its end; the last line gets one if it has none. A piece lies in memory that the
 * next one is read into. Ends with null before a line that is longer than a block.
 */
export async function* wholeLines(
  path: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer | null, void> {
  const bytes = Buffer.allocUnsafe(lineBlock);
  const file = await open(path);
  try {
    for (let held = 0; ; ) {
      if (held === lineBlock) return yield null;
      const { bytesRead } = await file.read(bytes, held, lineBlock - held);
      signal?.throwIfAborted();
      const isLast = bytesRead === 0;
      if (isLast) bytes[held] = lineFeed;
      const filled = isLast ? held + 1 : held + bytesRead;
      const end = bytes.subarray(0, filled).lastIndexOf(lineFeed) + 1;
      if (end > 0) yield bytes.subarray(0, end);
      if (isLast) return;
      bytes.copyWithin(0, end, filled);
      held = filled - end;
    }
  } finally {
    await file.close();
  }
}
