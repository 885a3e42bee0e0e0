import type { DuckDBConnection } from '@duckdb/node-api';
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

/** Dates as digits, as numbers, and how DuckDB reads them. */
const digitForms = [
  { from: 19000101, to: 21001231, form: '%Y%m%d' },
  { from: 190001010000, to: 210012312359, form: '%Y%m%d%H%M' },
  { from: 19000101000000, to: 21001231235959, form: '%Y%m%d%H%M%S' },
];

/** How many of the log's units a second has, by one of its times; 1 where it looks like none since 1970. */
export function unitsPerSecond(time: number): number {
  return units.findLast(({ from }) => time >= from)?.perSecond ?? 1;
}

/**
 * Divides the staged times by their units where a log has several: seconds in one file or column, milliseconds in
 * another. Only where every time is clearly in one, so that a log with a time of its own stays as it is.
 */
export async function timesInSeconds(connection: DuckDBConnection, report: Reporter): Promise<void> {
  const found = await countKinds(connection, 'raw_events');
  const [all] = await counted(connection, 'raw_events', ['"time" IS NOT NULL']);
  const ofUnits = found.filter(({ name, count }) => count > 0 && units.some((unit) => unit.name === name));
  if (ofUnits.length < 2 || ofUnits.reduce((sum, { count }) => sum + count, 0) < all) return;
  const cases = units.map(({ from, perSecond }) => `WHEN "time" >= ${from} THEN "time" / ${perSecond}`);
  await connection.run(
    `UPDATE raw_events SET "time" = CASE ${cases.reverse().join(' ')} END WHERE "time" IS NOT NULL`,
  );
  report({
    type: 'note',
    text: `times are ${ofUnits.map(({ name, count }) => `${name} in ${count} interactions`).join(' and ')}: all are taken as seconds`,
  });
}

/** Makes seconds of the staged times where each of them is a date written as digits, such as 20140723. */
export async function digitsInSeconds(connection: DuckDBConnection, report: Reporter): Promise<void> {
  const cases = digitForms.map(
    ({ from, to, form }) =>
      `WHEN "time" BETWEEN ${from} AND ${to} AND "time" = floor("time") THEN epoch(try_strptime("time"::BIGINT::VARCHAR, '${form}'))`,
  );
  const seconds = `CASE ${cases.join(' ')} END`;
  const [all, dates] = await counted(connection, 'raw_events', [
    '"time" IS NOT NULL',
    `"time" IS NOT NULL AND ${seconds} IS NOT NULL`,
  ]);
  if (all === 0 || dates < all) return;
  await connection.run(`UPDATE raw_events SET "time" = ${seconds} WHERE "time" IS NOT NULL`);
  report({ type: 'note', text: 'times are dates like 20140723: they are taken as such' });
}

/** Whether a number is a date written as digits. */
export function isDateDigits(time: number): boolean {
  return digitForms.some(({ from, to }) => time >= from && time <= to);
}

/** Says that the times of the table `events` are in several units, so that their order means nothing; else null. */
export async function mixedUnits(connection: DuckDBConnection): Promise<string | null> {
  const mixed = (await countKinds(connection, 'events')).filter(({ count }) => count > 0);
  if (mixed.length < 2) return null;
  const words = mixed.map(({ name, count }) => `${name} in ${count} interactions`);
  return `times look like ${words.join(' and ')}: their order then means nothing; write them all in one unit`;
}

/** How many interactions have a time of each kind. */
async function countKinds(
  connection: DuckDBConnection,
  table: string,
): Promise<{ name: string; count: number }[]> {
  const other = others.map(({ from, to }) => `"time" BETWEEN '${from}'::DOUBLE AND ${to}`);
  const kinds = [
    ...others.map(({ name }, at) => ({ name, holds: other[at] })),
    ...units.map(({ name, from }, at) => ({
      name,
      holds: `"time" >= ${from} AND "time" < ${units[at + 1]?.from ?? "'inf'::DOUBLE"} AND NOT (${other.join(' OR ')})`,
    })),
  ];
  const counts = await counted(
    connection,
    table,
    kinds.map(({ holds }) => holds),
  );
  return kinds.map(({ name }, at) => ({ name, count: counts[at] }));
}

async function counted(
  connection: DuckDBConnection,
  table: string,
  conditions: readonly string[],
): Promise<number[]> {
  const columns = conditions.map((holds) => `(count(*) FILTER (${holds}))::DOUBLE`);
  const [row] = (await connection.runAndReadAll(`SELECT ${columns.join(', ')} FROM ${table}`)).getRows();
  return row.map(Number);
}
