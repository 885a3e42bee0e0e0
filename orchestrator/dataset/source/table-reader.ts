import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { duckDBOffline } from '../../storage/duckdb-offline.ts';

export interface TableReader {
  connection: DuckDBConnection;
  close(): void;
}

/** A DuckDB without data of its own; what a query holds beyond the limit goes to the folder. Aborting ends the query. */
export async function openTableReader({
  folder,
  memoryLimit,
  signal,
}: {
  folder: string;
  memoryLimit: string;
  signal: AbortSignal | undefined;
}): Promise<TableReader> {
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: memoryLimit,
    temp_directory: folder,
    ...duckDBOffline,
  });
  const connection = await opened(instance);
  const interrupt = () => connection.interrupt();
  signal?.addEventListener('abort', interrupt);
  return {
    connection,
    close: () => {
      signal?.removeEventListener('abort', interrupt);
      connection.closeSync();
      instance.closeSync();
    },
  };
}

async function opened(instance: DuckDBInstance): Promise<DuckDBConnection> {
  try {
    const connection = await instance.connect();
    await connection.run('SET enable_progress_bar = true; SET enable_progress_bar_print = false');
    return connection;
  } catch (error) {
    instance.closeSync();
    throw error;
  }
}
