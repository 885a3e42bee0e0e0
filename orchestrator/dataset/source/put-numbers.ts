import type { DuckDBConnection } from '@duckdb/node-api';

/** Makes a table of one column, `number`, which an integer of 64 bits can hold. */
export async function putNumbers(
  connection: DuckDBConnection,
  table: string,
  numbers: Iterable<number>,
): Promise<void> {
  await connection.run(`CREATE TABLE ${table} (number BIGINT)`);
  const rows = await connection.createAppender(table);
  for (const number of numbers) {
    rows.appendBigInt(BigInt(number));
    rows.endRow();
  }
  rows.closeSync();
}
