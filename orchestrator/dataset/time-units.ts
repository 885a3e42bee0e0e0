import type { DuckDBConnection } from '@duckdb/node-api';

/** Units of times since 1970, and from which number on a time of our days is in one. */
const units = [
  { name: 'seconds', from: 1e8, perSecond: 1 },
  { name: 'milliseconds', from: 1e11, perSecond: 1e3 },
  { name: 'microseconds', from: 1e14, perSecond: 1e6 },
  { name: 'nanoseconds', from: 1e17, perSecond: 1e9 },
];

/** How many of the log's units a second has, by one of its times; 1 where it looks like none since 1970. */
export function unitsPerSecond(time: number): number {
  return units.findLast(({ from }) => time >= from)?.perSecond ?? 1;
}

/** Says that the times of the table `events` are in several units, so that their order means nothing; else null. */
export async function mixedUnits(connection: DuckDBConnection): Promise<string | null> {
  const counts = units.map(
    ({ from }, at) =>
      `(count(*) FILTER ("time" >= ${from} AND "time" < ${units[at + 1]?.from ?? "'inf'::DOUBLE"}))::DOUBLE`,
  );
  const [found] = (await connection.runAndReadAll(`SELECT ${counts.join(', ')} FROM events`)).getRows();
  const mixed = units.flatMap(({ name }, at) =>
    Number(found[at]) > 0 ? [`${name} in ${found[at]} interactions`] : [],
  );
  if (mixed.length < 2) return null;
  return `times look like ${mixed.join(' and ')}: their order then means nothing; write them all in one unit`;
}
