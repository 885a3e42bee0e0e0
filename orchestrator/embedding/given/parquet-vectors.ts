import { quotedPath } from '../../dataset/source/table-rows.ts';
import { firstLineOf, UserError } from '../../shared/errors.ts';
import { createMatrix } from '../../shared/matrix.ts';
import { duckDBOffline } from '../../storage/duckdb-offline.ts';
import type { StoredVectors } from './stored-vectors.ts';

/** Reads a Parquet file with the columns `item_id` and `embedding`, a list of numbers each. Throws a UserError. */
export async function readParquetVectors(path: string): Promise<StoredVectors> {
  const fail = (message: string) =>
    new UserError('embedding/parquet', message, {
      place: path,
      remedy: 'Write two columns: item_id, and embedding, a list of as many numbers in each row.',
    });
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', duckDBOffline);
  try {
    const connection = await instance.connect();
    const source = `read_parquet(${quotedPath(path)}, hive_partitioning=false)`;
    const query = `SELECT item_id::VARCHAR, embedding::DOUBLE[] FROM ${source}`;
    const ids: string[] = [];
    const rows: number[][] = [];
    for await (const chunk of await connection.stream(query)) {
      const [chunkIds, vectors] = chunk.getColumns();
      for (const [at, id] of chunkIds.entries()) {
        const vector = (vectors[at] as { items: unknown[] } | null)?.items;
        if (typeof id !== 'string' || !vector) throw fail(`row ${ids.length + 1} has no id or no vector`);
        ids.push(id);
        rows.push(vector.map((value) => (value === null ? Number.NaN : Number(value))));
      }
    }
    const width = rows[0]?.length ?? 0;
    const other = rows.findIndex(({ length }) => length !== width);
    if (other >= 0)
      throw fail(`"${ids[other]}" has ${rows[other].length} numbers, and "${ids[0]}" has ${width}`);
    const vectors = createMatrix(ids.length, width);
    for (const [row, values] of rows.entries()) vectors.data.set(values, row * width);
    return { ids, vectors };
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw fail(`cannot be read: ${firstLineOf(error)}`);
  } finally {
    instance.closeSync();
  }
}
