import { BrokenLine } from './broken-line.ts';

/** One interaction as it is staged. */
export interface RawEvent {
  user: string;
  item: string;
  /** Null where the format has no times: the order of the input is the order in time. */
  time: number | null;
  rating: number | null;
}

/** What a line must hold, besides user and item. */
export interface EventNeeds {
  time: boolean;
  rating: boolean;
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

export function checkedId(value: unknown, what: string): string {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'string')
    throw new BrokenLine(isAbsent(value) ? `no ${what}` : `the ${what} is ${shown(value)}`);
  const id = value.trim();
  if (isAbsent(id)) throw new BrokenLine(id === '' ? `the ${what} is empty` : `the ${what} is "${id}"`);
  return id;
}

/** A number as it stands, or a date as seconds since 1970 (without a zone: UTC). */
export function checkedTime(value: unknown): number {
  if (isAbsent(value)) throw new BrokenLine('no timestamp');
  const number = toNumber(value);
  if (Number.isFinite(number)) return number;
  const date = typeof value === 'string' ? secondsOfDate(value) : Number.NaN;
  if (Number.isFinite(date)) return date;
  throw new BrokenLine(`expected a number or a date as the timestamp, got ${shown(value)}`);
}

/** Seconds since 1970 of `2014-07-23`, `2014-07-23 10:00:00` or an ISO date with a zone; NaN for anything else. */
export function secondsOfDate(text: string): number {
  const match =
    /^\s*(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s*(Z|[+-]\d\d(?::?\d\d)?)?)?\s*$/.exec(text);
  if (!match) return Number.NaN;
  const [, day, clock = '00:00:00', zone = 'Z'] = match;
  const offset = /^[+-]\d\d$/.test(zone) ? `${zone}:00` : zone.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2');
  return Date.parse(`${day}T${clock}${offset}`) / 1000;
}

function checkedRating(value: unknown, needed: boolean): number | null {
  if (value === undefined || value === null || value === '') {
    if (needed) throw new BrokenLine('no rating');
    return null;
  }
  const rating = toNumber(value);
  if (!Number.isFinite(rating)) throw new BrokenLine(`expected a number as the rating, got ${shown(value)}`);
  return rating;
}

function toNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
}

/** What exports of other tools write for a value that is not there. */
function isAbsent(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return typeof value === 'string' && /^(|nan|null|none)$/i.test(value.trim());
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
