import { isAbsent } from './checked-event.ts';

const letters = flagsOf('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-');
const marks = flagsOf('.:/@');
/** The longest text that may stand for a value that is not there. */
const longestAbsent = 4;
/** A double holds every whole number of so many digits. */
const exactDigits = 15;
const zero = 48;

/**
 * Whether the bytes from `start` until before `end` are an id that stands for itself: ordinary letters, digits and marks,
 * and nothing that tools write for a value that is not there.
 */
export function isPlainId(bytes: Buffer, start: number, end: number): boolean {
  if (start >= end || letters[bytes[start]] === 0) return false;
  for (let at = start + 1; at < end; at++) if ((letters[bytes[at]] | marks[bytes[at]]) === 0) return false;
  return end - start > longestAbsent || !isAbsent(bytes.toString('latin1', start, end));
}

/** The value of a whole number written in digits alone; NaN for all else, and for more digits than a double holds. */
export function plainNumber(bytes: Uint8Array, start: number, end: number): number {
  if (start >= end || end - start > exactDigits) return Number.NaN;
  let value = 0;
  for (let at = start; at < end; at++) {
    const digit = bytes[at] - zero;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** [256] 1 for the bytes of these characters. */
function flagsOf(characters: string): Uint8Array {
  const flags = new Uint8Array(256);
  for (const byte of Buffer.from(characters)) flags[byte] = 1;
  return flags;
}
