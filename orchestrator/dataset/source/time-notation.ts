import { writtenZone, zoneOffset } from './time-zones.ts';

/** What a message says of the notations that `secondsOfDate` and numbers cover. */
export const timeForms =
  'Times can be numbers (1400000000), 2014-07-23, 2014/07/23 10:00:00, 2014-07-23T10:00:00.5+02:00, 2014-07-23 10:00:00 UTC, 2014-07-23 10:00 Europe/Berlin, 07 23, 2014, 23 Jul 2014 or Fri Aug 25 13:55:02 -0700 2017; not 07/08/2014, where day and month cannot be told apart.';

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const clock = String.raw`(?<hour>\d{1,2}):(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,](?<fraction>\d{1,12}))?)?(?: ?(?<half>[ap])\.?m(?![a-z])\.?)?`;
const zone = String.raw`(?<zone>${writtenZone}|(?:UTC|GMT)[+-]\d|(?:UTC|GMT)?[+-]\d\d(?::?\d\d)?)(?: ?\([\w .+-]+\)| ?\[[\w/+-]+\])?`;
const month = `(?<month>(?:${months.join('|')})[a-z]*)\\.?`;
const weekday = '(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\\.?,? )?';
const tail = `(?:(?:[ T:,]+| at )${clock}(?: ?${zone})?)?`;

const forms = [
  // ISO 8601, databases, BigQuery
  `(?<year>\\d{4})(?<mark>[-/.])(?<month>\\d\\d?)\\k<mark>(?<day>\\d\\d?)${tail}`,
  `(?<year>\\d{4})(?<month>\\d\\d)(?<day>\\d\\d)T(?<hour>\\d\\d):?(?<minute>\\d\\d)(?::?(?<second>\\d\\d)(?:[.,](?<fraction>\\d{1,9}))?)?(?:${zone})?`,
  // `date`, Twitter, Goodreads: Fri Aug 25 13:55:02 -0700 2017
  `${weekday}${month} (?<day>\\d\\d?) ${clock} (?:${zone} )?(?<year>\\d{4})`,
  // Amazon's reviewTime: 07 23, 2014
  `(?<month>\\d\\d?) (?<day>\\d\\d?), (?<year>\\d{4})${tail}`,
  // Jul 23, 2014
  `${weekday}${month} (?<day>\\d\\d?)(?:st|nd|rd|th)?,? (?<year>\\d{4})${tail}`,
  // mail, HTTP, servers' logs: 23 Jul 2014, 23-Jul-2014, 23/Jul/2014:10:00:00 +0200
  `${weekday}(?<day>\\d\\d?)[ /-]${month}[ /-](?<year>\\d{4})${tail}`,
].map((form) => new RegExp(`^${form}$`, 'i'));

/** Seconds since 1970 of a date in one of the notations above (without a zone: UTC); NaN for anything else. */
export function secondsOfDate(text: string): number {
  if (text.length > 100) return Number.NaN;
  // Servers' logs put brackets around.
  const written = text
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/^\[(.*)\]$/, '$1');
  for (const form of forms) {
    const parts = form.exec(written)?.groups;
    if (parts) return secondsOf(parts);
  }
  return Number.NaN;
}

function secondsOf(parts: Record<string, string | undefined>): number {
  const { year, month = '', day, hour = 0, minute = 0, second = 0, fraction = '', half } = parts;
  const named = months.indexOf(month.slice(0, 3).toLowerCase());
  const date = [Number(year), named < 0 ? Number(month) - 1 : named, Number(day)] as const;
  const at = new Date(0);
  at.setUTCFullYear(...date);
  const hours = half ? (Number(hour) % 12) + (/p/i.test(half) ? 12 : 0) : Number(hour);
  const exists = at.getUTCMonth() === date[1] && at.getUTCDate() === date[2];
  if (!exists || hours > 24 || (half && Number(hour) > 12) || Number(minute) > 59 || Number(second) > 60)
    return Number.NaN;
  const clock = hours * 3600 + Number(minute) * 60 + Number(second) + Number(`0.${fraction || 0}`);
  const local = at.getTime() / 1000 + clock;
  return local - offsetOf(parts.zone, local);
}

function offsetOf(zone: string | undefined, local: number): number {
  const [, sign, hours, minutes = '0'] = /([+-])(\d\d?):?(\d\d)?$/.exec(zone ?? '') ?? [];
  if (sign) return Number(`${sign}1`) * (Number(hours) * 3600 + Number(minutes) * 60);
  return zone === undefined ? 0 : zoneOffset(zone, local);
}
