import type { DuckDBConnection, DuckDBValue, DuckDBVector } from '@duckdb/node-api';
import { createBreathe } from '../../shared/breathe.ts';
import { firstLineOf, UserError } from '../../shared/errors.ts';

export interface RowsAsked {
  connection: DuckDBConnection;
  query: string;
  /** The file that they come from, for messages. */
  path: string;
  signal: AbortSignal | undefined;
  progress?(percentage: number): void;
}

/** Streams a query's rows in their order; what DuckDB cannot read becomes a UserError that names the file. */
export async function forEachRow(asked: RowsAsked, take: (values: DuckDBValue[]) => void): Promise<void> {
  const takeRows = (rows: number, columns: DuckDBVector[]) => {
    for (let row = 0; row < rows; row++) take(columns.map((column) => column.getItem(row)));
  };
  return forEachChunk(asked, takeRows);
}

/** Like `forEachRow`, some thousand rows at a time, as columns: for numbers of every event. */
export async function forEachChunk(
  { connection, query, path, signal, progress = () => {} }: RowsAsked,
  take: (rows: number, columns: DuckDBVector[]) => void,
): Promise<void> {
  const breathe = createBreathe(signal);
  const reading = async <T>(step: Promise<T>): Promise<T> => {
    try {
      return await step;
    } catch (cause) {
      signal?.throwIfAborted();
      throw (
        spaceError(cause) ??
        new UserError('dataset/unreadable', `cannot be read: ${firstLineOf(cause)}`, {
          place: path,
          remedy: 'Check that the file is complete and that its format is the one given.',
          cause,
        })
      );
    }
  };
  const result = await reading(connection.stream(query));
  for (let chunks = 0; ; chunks++) {
    const chunk = await reading(result.fetchChunk());
    if (!chunk || chunk.rowCount === 0) return;
    take(
      chunk.rowCount,
      Array.from({ length: chunk.columnCount }, (_, at) => chunk.getColumnVector(at)),
    );
    // A chunk holds 2048 rows.
    if (chunks % 50 === 49) progress(connection.progress.percentage);
    await breathe();
  }
}

/** Memory or disk ran out, here or in DuckDB; undefined for any other error. */
export function spaceError(cause: unknown): UserError | undefined {
  const message = firstLineOf(cause);
  if (cause instanceof RangeError && sizes.test(message))
    return new UserError('dataset/no-memory', `the log is larger than memory: ${message}`, {
      place: 'dataset',
      remedy: 'Use a machine with more memory, or a log of fewer interactions or items.',
      cause,
    });
  if (!/^Out of Memory Error|no space left on device/i.test(message)) return undefined;
  return new UserError('dataset/no-space', `there is not enough memory or disk: ${message}`, {
    place: 'dataset',
    remedy: 'Raise dataset.memory_limit, or free space on the disk that holds the runs.',
    cause,
  });
}
/** What the runtime says of arrays, buffers, sets and maps that cannot become as large. */
const sizes =
  /allocation failed|typed array length|invalid array length|maximum size exceeded|"(?:size|length)" is out of range/i;

/** A path as an SQL literal that DuckDB takes as it is, not as a pattern. */
export function quotedPath(path: string): string {
  return `'${path.replace(/[[*?]/g, '[$&]').replaceAll("'", "''")}'`;
}
