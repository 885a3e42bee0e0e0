import { fstatSync, writeSync } from 'node:fs';
import { systemErrorOf } from '../shared/system-error.ts';

/**
 * A terminal that is closed, a reader that has gone (`| head`, `| tee` after Ctrl-C) or a full disk behind `>` must not
 * end the work: a write that fails is let go. `results` waits until all is out and throws when results were lost;
 * a reader that wanted no more has lost nothing.
 */
export function guardTerminal(): { results(): Promise<void> } {
  let failure: NodeJS.ErrnoException | null = null;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    failure ??= error;
  });
  process.stderr.on('error', () => {});
  if (isFile(1)) process.stdout._write = writeWhole;
  return {
    async results() {
      await new Promise((written) => process.stdout.write('', written));
      // The error itself is told after the write's own end.
      await new Promise(setImmediate);
      if (failure === null || failure.code === 'EPIPE') return;
      throw systemErrorOf(failure, 'standard output') ?? failure;
    },
  };
}

/** Node writes once into a file: what did not fit before the disk or a limit was full would be lost without a word. */
function writeWhole(
  chunk: Uint8Array | string,
  encoding: BufferEncoding,
  done: (error?: Error) => void,
): void {
  const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(1, bytes, at);
    done();
  } catch (error) {
    done(error as Error);
  }
}

function isFile(handle: number): boolean {
  try {
    return fstatSync(handle).isFile();
  } catch {
    return false;
  }
}
