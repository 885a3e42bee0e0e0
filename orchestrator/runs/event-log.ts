import { closeSync, fstatSync, ftruncateSync, openSync, readFileSync, readSync, writeSync } from 'node:fs';
import { atPlace } from '../shared/system-error.ts';
import { isThere } from '../storage/is-there.ts';

export interface EventLog {
  append(event: object): void;
  close(): void;
}

/** Opens `events.jsonl` for appending; a last line that a kill left incomplete is cut off first. */
export function openEventLog(file: string): EventLog {
  if (isThere(file)) cutTornLine(file);
  const handle = openSync(file, 'a');
  return {
    append: (event) => {
      const line = `${JSON.stringify({ at: new Date().toISOString(), ...event })}\n`;
      atPlace(file, () => writeSync(handle, line));
    },
    close: () => closeSync(handle),
  };
}

/** All events of a log; an incomplete last line is left out. */
export function readEvents(file: string): Record<string, unknown>[] {
  if (!isThere(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  lines.pop();
  return lines.flatMap((line) => {
    try {
      return [JSON.parse(line) as Record<string, unknown>];
    } catch {
      return [];
    }
  });
}

/** The longest line is that of an evaluation's figures, of some hundred bytes. */
const tailBytes = 16_384;

/** When a log was last written to, by its last whole line; null where there is none. Reads only its end. */
export function latestSign(file: string): string | null {
  if (!isThere(file)) return null;
  const handle = openSync(file, 'r');
  try {
    const { size } = fstatSync(handle);
    const bytes = Buffer.alloc(Math.min(size, tailBytes));
    readSync(handle, bytes, 0, bytes.length, size - bytes.length);
    const times = [...bytes.toString().matchAll(/^\{"at":"([^"]+)".*\}\n/gm)];
    return times.at(-1)?.[1] ?? null;
  } finally {
    closeSync(handle);
  }
}

function cutTornLine(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    const byte = Buffer.alloc(1);
    let end = fstatSync(handle).size;
    while (end > 0) {
      readSync(handle, byte, 0, 1, end - 1);
      if (byte[0] === 0x0a) break;
      end--;
    }
    ftruncateSync(handle, end);
  } finally {
    closeSync(handle);
  }
}
