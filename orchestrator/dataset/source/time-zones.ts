/** Hours by which clocks of a zone are ahead of UTC, by its usual letters. Those of several zones, such as IST, are none. */
const letters: Record<string, number> = {
  UT: 0,
  UTC: 0,
  GMT: 0,
  Z: 0,
  WET: 0,
  WEST: 1,
  BST: 1,
  CET: 1,
  CEST: 2,
  EET: 2,
  EEST: 3,
  MSK: 3,
  EST: -5,
  EDT: -4,
  CST: -6,
  CDT: -5,
  MST: -7,
  MDT: -6,
  PST: -8,
  PDT: -7,
  JST: 9,
  KST: 9,
  AEST: 10,
  AEDT: 11,
  NZST: 12,
  NZDT: 13,
};

/** A zone as a part of a pattern: its letters, or its place such as `Europe/Berlin`. */
export const writtenZone = `${Object.keys(letters).join('|')}|[a-z]+/[a-z_]+(?:/[a-z_]+)?`;

/** Seconds by which a zone's clocks, which show a time as if it were UTC, are ahead of UTC; NaN for an unknown zone. */
export function zoneOffset(zone: string, clockSeconds: number): number {
  const hours = letters[zone.toUpperCase()];
  if (hours !== undefined) return hours * 3600;
  const clock = clockOf(zone);
  if (clock === null) return Number.NaN;
  // The offset is that of the moment, which is known but for the offset: twice is enough.
  const first = aheadAt(clock, clockSeconds);
  return aheadAt(clock, clockSeconds - first);
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat | null {
  const known = clocks.get(zone);
  if (known) return known;
  try {
    const clock = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    clocks.set(zone, clock);
    return clock;
  } catch {
    return null;
  }
}

/** From "GMT+05:30"; "GMT" alone is 0. */
function aheadAt(clock: Intl.DateTimeFormat, seconds: number): number {
  const name = clock.formatToParts(seconds * 1000).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  return sign ? Number(`${sign}1`) * (Number(hours) * 3600 + Number(minutes) * 60) : 0;
}
