import type { DuckDBConnection } from '@duckdb/node-api';
import type { Reporter } from '../shared/reporter.ts';
import { putNumbers } from './source/put-numbers.ts';
import { forEachRow } from './source/table-rows.ts';

interface Purchase {
  position: number;
  /** How many of it are not taken back. */
  left: number;
}

/**
 * Lets refunds (staged events whose quantity is negative) take back the latest earlier purchases of that user and item,
 * as many pieces as they name, and removes them. A purchase of which a piece is left stays.
 */
export async function takeBack(
  connection: DuckDBConnection,
  place: string,
  report: Reporter,
  signal?: AbortSignal,
): Promise<void> {
  const counts = { refunds: 0, whole: 0, inPart: 0, unknown: 0 };
  const gone: number[] = [];
  let open: Purchase[] = [];
  let last = '';
  const refund = (pieces: number) => {
    counts.refunds++;
    let missing = pieces;
    if (open.length === 0) counts.unknown++;
    while (missing > 0 && open.length > 0) {
      const latest = open[open.length - 1];
      const taken = Math.min(missing, latest.left);
      missing -= taken;
      latest.left -= taken;
      if (latest.left > 0) {
        counts.inPart++;
        continue;
      }
      gone.push(latest.position);
      counts.whole++;
      open.pop();
    }
  };
  await forEachRow(
    { connection, query: refundedQuery, path: place, signal },
    ([user, item, position, quantity]) => {
      const pair = JSON.stringify([user, item]);
      if (pair !== last) open = [];
      last = pair;
      if (Number(quantity) < 0) refund(-Number(quantity));
      else open.push({ position: Number(position), left: Number(quantity ?? 1) });
    },
  );
  if (counts.refunds === 0) return;
  await remove(connection, gone);
  const { refunds, whole, inPart, unknown } = counts;
  report({
    type: unknown > refunds / 2 ? 'warning' : 'note',
    text: `${refunds} refunds take back ${whole} purchases${inPart > 0 ? ` and ${inPart} in part, which stay` : ''}${unknown > 0 ? `; ${unknown} name no earlier purchase of that user and item` : ''}`,
  });
}

/** All events of the users and items of refunds, by pair in order of time; a purchase before a refund of the same moment. */
const refundedQuery = `SELECT user_id, item_id, rowid::DOUBLE, quantity FROM raw_events
  WHERE (user_id, item_id) IN (SELECT (user_id, item_id) FROM raw_events WHERE quantity < 0)
  ORDER BY user_id, item_id, "time", CASE WHEN "time" IS NULL THEN rowid END, quantity < 0, rowid`;

async function remove(connection: DuckDBConnection, positions: readonly number[]): Promise<void> {
  await putNumbers(connection, 'taken_back', positions);
  await connection.run(
    `DELETE FROM raw_events WHERE quantity < 0 OR rowid IN (SELECT number FROM taken_back);
     DROP TABLE taken_back`,
  );
}
