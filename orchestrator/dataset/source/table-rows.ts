import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import { createBreathe } from '../../shared/breathe.ts';
import { messageOf, UserError } from '../../shared/errors.ts';

/** Streams a query's rows in their order; what DuckDB cannot read becomes a UserError that names the file. */
export async function forEachRow(
  connection: DuckDBConnection,
  query: string,
  path: string,
  signal: AbortSignal | undefined,
  take: (values: DuckDBValue[]) => void,
): Promise<void> {
  const breathe = createBreathe(signal);
  const reading = async <T>(step: Promise<T>): Promise<T> => {
    try {
      return await step;
    } catch (cause) {
      signal?.throwIfAborted();
      throw new UserError('dataset/unreadable', `cannot be read: ${messageOf(cause).split('\n')[0]}`, {
        place: path,
        remedy: 'Check that the file is whole and that the format fits it.',
        cause,
      });
    }
  };
  const result = await reading(connection.stream(query));
  for (;;) {
    const chunk = await reading(result.fetchChunk());
    if (!chunk || chunk.rowCount === 0) return;
    for (const row of chunk.getRows()) take(row);
    await breathe();
  }
}

/** A text as an SQL literal. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
