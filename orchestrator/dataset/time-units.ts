import type { DuckDBConnection } from '@duckdb/node-api';

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
  { name: 'dates like 20140723103005', from: 19000101000000, to: 21001231235959 },
];

/** How many of the log's units a second has, by one of its times; 1 where it looks like none since 1970. */
export function unitsPerSecond(time: number): number {
  return units.findLast(({ from }) => time >= from)?.perSecond ?? 1;
}

/** Says that the times of the table `events` are in several units, so that their order means nothing; else null. */
export async function mixedUnits(connection: DuckDBConnection): Promise<string | null> {
  const other = others.map(({ from, to }) => `"time" BETWEEN '${from}'::DOUBLE AND ${to}`);
  const kinds = [
    ...others.map(({ name }, at) => ({ name, holds: other[at] })),
    ...units.map(({ name, from }, at) => ({
      name,
      holds: `"time" >= ${from} AND "time" < ${units[at + 1]?.from ?? "'inf'::DOUBLE"} AND NOT (${other.join(' OR ')})`,
    })),
  ];
  const counts = kinds.map(({ holds }) => `(count(*) FILTER (${holds}))::DOUBLE`);
  const [found] = (await connection.runAndReadAll(`SELECT ${counts.join(', ')} FROM events`)).getRows();
  const mixed = kinds.flatMap(({ name }, at) =>
    Number(found[at]) > 0 ? [`${name} in ${found[at]} interactions`] : [],
  );
  if (mixed.length < 2) return null;
  return `times look like ${mixed.join(' and ')}: their order then means nothing; write them all in one unit`;
}
