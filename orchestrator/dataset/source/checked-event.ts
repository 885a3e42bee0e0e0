import { BrokenLine } from './broken-line.ts';
import { shownValue } from './json-record.ts';
import { secondsOfDate, timeForms } from './time-notation.ts';

/** One interaction as it is staged. */
export interface RawEvent {
  user: string;
  item: string;
  /** Null where the format has no times: the order of the input is the order in time. */
  time: number | null;
  rating: number | null;
  /** How many were bought; negative: given back. Null or absent where the log does not say. */
  quantity?: number | null;
}

/** What a line must hold, besides user and item. */
export interface EventNeeds {
  time: boolean;
  rating: boolean;
  quantity?: boolean;
}

/** Checks the four values of one interaction; throws `BrokenLine` for empty ids, absent or unreadable times and ratings. */
export function checkedEvent(
  user: unknown,
  item: unknown,
  time: unknown,
  rating: unknown,
  needs: EventNeeds,
): RawEvent {
  return {
    user: checkedId(user, 'user id'),
    item: checkedId(item, 'item id'),
    time: needs.time ? checkedTime(time) : null,
    rating: checkedRating(rating, needs.rating),
  };
}

const idsAsTexts = 'Write ids as texts, with all their digits.';

/** An id as it stands, without blanks around it; a number has to be a whole one that a double holds exactly. */
export function checkedId(value: unknown, what: string): string {
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value)) return String(value);
    const why = Number.isInteger(value) ? 'a number that has lost its last digits' : 'not a whole number';
    throw new BrokenLine(`the ${what} is ${value}: ${why}`, idsAsTexts);
  }
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'string')
    throw new BrokenLine(isAbsent(value) ? `no ${what}` : `the ${what} is ${shownValue(value)}`);
  const id = value.trim();
  if (isAbsent(id)) throw new BrokenLine(id === '' ? `the ${what} is empty` : `the ${what} is "${id}"`);
  if (/^-?\d([.,]\d+)?e\+\d+$/i.test(id))
    throw new BrokenLine(`the ${what} is ${id}: a number that has lost its last digits`, idsAsTexts);
  if (/\0|\p{Surrogate}/u.test(id))
    throw new BrokenLine(`the ${what} holds a character that is none (NUL or half a surrogate pair)`);
  return id;
}

/** A number as it stands, or a date as seconds since 1970 (without a zone: UTC). */
export function checkedTime(value: unknown): number {
  const number = toNumber(value);
  if (Number.isFinite(number)) return number;
  if (isAbsent(value)) throw new BrokenLine('no timestamp');
  const date = typeof value === 'string' ? secondsOfDate(value) : Number.NaN;
  if (Number.isFinite(date)) return date;
  throw new BrokenLine(
    `expected a number or a date as the timestamp, got ${shownValue(value)}${whyNotADate(value)}`,
    timeForms,
  );
}

function whyNotADate(value: unknown): string {
  const ambiguous = typeof value === 'string' && /^\s*\d\d?[-/.]\d\d?[-/.]\d{2,4}\b/.test(value);
  return ambiguous ? ', where day and month cannot be told apart (write 2014-07-23)' : '';
}

function checkedRating(value: unknown, needed: boolean): number | null {
  if (isAbsent(value)) {
    if (needed) throw new BrokenLine('no rating');
    return null;
  }
  const rating = toNumber(value);
  if (!Number.isFinite(rating))
    throw new BrokenLine(`expected a number as the rating, got ${shownValue(value)}`);
  return rating;
}

/** How many were bought: not 0 where they were, negative where they were given back. */
export function checkedQuantity(value: unknown): number {
  if (isAbsent(value)) throw new BrokenLine('no quantity');
  const quantity = toNumber(value);
  if (Number.isFinite(quantity)) return quantity;
  throw new BrokenLine(`expected a number as the quantity, got ${shownValue(value)}`);
}

function toNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  const written = typeof value === 'string' && /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(value);
  return written ? Number(value) : Number.NaN;
}

const longestAbsent = 4;

/** What exports of other tools write for a value that is not there (pandas, R, MySQL, Hive, spreadsheets). */
export function isAbsent(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'number') return Number.isNaN(value);
  if (typeof value !== 'string') return false;
  const text = value.trim();
  if (text.length > longestAbsent) return false;
  return text === 'NA' || /^(|nan|null|none|<na>|#?n\/a|\\n)$/i.test(text);
}
