import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import type { ChildMessage } from '../process/protocol.ts';

export const messagesFile = 'messages.jsonl';

const millisecondsBetweenLooks = 250;
const chunk = 1 << 16;

/**
 * Passes the lines of a file on as they come; a file works alike for one process and for a cluster's. `stop` reads
 * what is left. A line that is no message is passed over: a kill may have torn it.
 */
export function followMessages(path: string, onMessage: (message: ChildMessage) => void): { stop(): void } {
  let offset = 0;
  const look = () => {
    const lines = readLines(path, offset);
    offset += lines.length;
    for (const line of lines.toString('utf8').split('\n')) {
      const message = parse(line);
      if (message) onMessage(message);
    }
  };
  const timer = setInterval(look, millisecondsBetweenLooks);
  return {
    stop() {
      clearInterval(timer);
      look();
    },
  };
}

function readLines(path: string, offset: number): Buffer {
  if (!existsSync(path)) return Buffer.alloc(0);
  const file = openSync(path, 'r');
  try {
    const parts: Buffer[] = [];
    for (let at = offset; ; ) {
      const part = Buffer.alloc(chunk);
      const read = readSync(file, part, 0, chunk, at);
      if (read === 0) return upToLineEnd(Buffer.concat(parts));
      parts.push(part.subarray(0, read));
      at += read;
    }
  } finally {
    closeSync(file);
  }
}

/** What is behind the last line end waits for the next look: it may be half a character. */
function upToLineEnd(bytes: Buffer): Buffer {
  return bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1);
}

function parse(line: string): ChildMessage | null {
  try {
    const message = JSON.parse(line);
    return typeof message?.type === 'string' ? message : null;
  } catch {
    return null;
  }
}
