import { closeSync, openSync, readSync } from 'node:fs';

const blockBytes = 1 << 20;

/**
 * The lines of a text file in UTF-8 that end in LF, one after the other: a file may be larger than the longest
 * string. A last line without an end counts too. Throws the system's error if the file cannot be read.
 */
export function* textLines(path: string): Iterable<string> {
  const file = openSync(path, 'r');
  try {
    const block = Buffer.allocUnsafe(blockBytes);
    let rest: Buffer[] = [];
    for (;;) {
      const bytes = block.subarray(0, readSync(file, block, 0, blockBytes, null));
      if (bytes.length === 0) break;
      let at = 0;
      for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, at)) {
        yield Buffer.concat([...rest, bytes.subarray(at, end)]).toString('utf8');
        rest = [];
        at = end + 1;
      }
      if (at < bytes.length) rest.push(Buffer.from(bytes.subarray(at)));
    }
    if (rest.length > 0) yield Buffer.concat(rest).toString('utf8');
  } finally {
    closeSync(file);
  }
}
