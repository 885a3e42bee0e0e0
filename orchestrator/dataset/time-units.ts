import type { Reporter } from '../shared/reporter.ts';

/** Units of times since 1970, and from which number on a time of our days is in one. */
const units = [
  { name: 'seconds', from: 1e8, perSecond: 1 },
  { name: 'milliseconds', from: 1e11, perSecond: 1e3 },
  { name: 'microseconds', from: 1e14, perSecond: 1e6 },
  { name: 'nanoseconds', from: 1e17, perSecond: 1e9 },
];

/** Numbers beside which those of a unit are in no order: what stands for a missing time, and dates as digits. */
const others = [
  { name: 'no time (0 or less)', from: -Infinity, to: 0 },
  { name: 'dates like 20140723', from: 19000101, to: 21001231 },
  { name: 'dates like 201407231030', from: 190001010000, to: 210012312359 },
  { name: 'dates like 20140723103005', from: 19000101000000, to: 21001231235959 },
];

/** Dates as digits, as numbers, and how often they are to be divided by 100 until the day is left. */
const digitForms = [
  { from: 19000101, to: 21001231, clock: 0 },
  { from: 190001010000, to: 210012312359, clock: 2 },
  { from: 19000101000000, to: 21001231235959, clock: 3 },
];

const kinds = [...others, ...units].map(({ name }) => name);
const noKind = -1;

/** The place of a time's kind in `kinds`. It is asked of every event: loops, and no functions. */
function kindOf(time: number): number {
  for (let kind = 0; kind < others.length; kind++)
    if (time >= others[kind].from && time <= others[kind].to) return kind;
  for (let unit = units.length - 1; unit >= 0; unit--)
    if (time >= units[unit].from) return others.length + unit;
  return noKind;
}

/** How many of the log's units a second has, by one of its times; 1 where it looks like none since 1970. */
export function unitsPerSecond(time: number): number {
  return units.findLast(({ from }) => time >= from)?.perSecond ?? 1;
}

/**
 * Divides the times by their units where a log has several: seconds in one file or column, milliseconds in another. Only
 * where every time is clearly in one, so that a log with a time of its own stays as it is.
 */
export function timesInSeconds(times: Float64Array, report: Reporter): void {
  const { counts, all } = countKinds(times);
  const ofUnits = counts.slice(others.length);
  const found = units
    .map(({ name }, unit) => ({ name, count: ofUnits[unit] }))
    .filter(({ count }) => count > 0);
  if (found.length < 2 || found.reduce((sum, { count }) => sum + count, 0) < all) return;
  for (let at = 0; at < times.length; at++) times[at] /= unitsPerSecond(times[at]);
  report({
    type: 'note',
    text: `times are ${found.map(({ name, count }) => `${name} in ${count} interactions`).join(' and ')}: all are taken as seconds`,
  });
}

/** Makes seconds of the times where each of them is a date written as digits, such as 20140723. */
export function digitsInSeconds(times: Float64Array, report: Reporter): void {
  const known = times.find((time) => !Number.isNaN(time));
  if (known === undefined || times.some((time) => !Number.isNaN(time) && Number.isNaN(secondsOfDigits(time))))
    return;
  for (let at = 0; at < times.length; at++) times[at] = secondsOfDigits(times[at]);
  report({ type: 'note', text: 'times are dates like 20140723: they are taken as such' });
}

/** Seconds since 1970 of a date written as digits; NaN for another number, and for a date that there is not. */
function secondsOfDigits(time: number): number {
  const form = digitForms.find(({ from, to }) => time >= from && time <= to);
  if (!form || !Number.isInteger(time)) return Number.NaN;
  const clock = [0, 0, 0];
  let date = time;
  for (let part = form.clock - 1; part >= 0; part--) {
    clock[part] = date % 100;
    date = Math.floor(date / 100);
  }
  const [hour, minute, second] = clock;
  const [year, month, day] = [Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100];
  const found = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const isThere =
    found.getUTCMonth() === month - 1 &&
    found.getUTCDate() === day &&
    hour < 24 &&
    minute < 60 &&
    second < 60;
  return isThere ? found.getTime() / 1000 : Number.NaN;
}

/** Whether a number is a date written as digits. */
export function isDateDigits(time: number): boolean {
  return digitForms.some(({ from, to }) => time >= from && time <= to);
}

/** Says that times are in several units, so that their order means nothing; else null. */
export function mixedUnits(times: Float64Array): string | null {
  const { counts } = countKinds(times);
  const mixed = kinds.map((name, kind) => ({ name, count: counts[kind] })).filter(({ count }) => count > 0);
  if (mixed.length < 2) return null;
  const words = mixed.map(({ name, count }) => `${name} in ${count} interactions`);
  return `times look like ${words.join(' and ')}: their order then means nothing; write them all in one unit`;
}

/** How many interactions have a time of each kind, and how many any. */
function countKinds(times: Float64Array): { counts: number[]; all: number } {
  const counts = kinds.map(() => 0);
  let all = 0;
  // Nearly all are in the unit of the one before, and of our days.
  let usual = { from: Number.NaN, to: Number.NaN, kind: noKind };
  for (const time of times) {
    if (Number.isNaN(time)) continue;
    all++;
    if (time >= usual.from && time <= usual.to) {
      counts[usual.kind]++;
      continue;
    }
    const kind = kindOf(time);
    if (kind === noKind) continue;
    counts[kind]++;
    if (kind >= others.length) usual = ourDays(kind);
  }
  return { counts, all };
}

/** From 1979 to 2065 in the unit of a kind, where no other kind is. */
function ourDays(kind: number): { from: number; to: number; kind: number } {
  const { perSecond } = units[kind - others.length];
  return { from: 3e8 * perSecond, to: 3e9 * perSecond, kind };
}
