import { DuckDBBlobValue, DuckDBInstance, type DuckDBValue, StatementType } from '@duckdb/node-api';
import { duckDBOffline } from '../../storage/duckdb-offline.ts';
import { requireFile } from '../source/files.ts';
import { plainValueOf, selectedColumn } from '../source/plain-columns.ts';
import { bytesAsText } from './bytes-as-text.ts';
import type { Database, Opening } from './database.ts';
import { notASelect } from './database-error.ts';

/** A DuckDB file, opened for reading alone; a query in it reads no other file. */
export async function openDuckDB(path: string, { signal }: Opening): Promise<Database> {
  const instance = await DuckDBInstance.create(requireFile(path, 'a database of DuckDB'), {
    access_mode: 'READ_ONLY',
    enable_external_access: 'false',
    threads: '1',
    memory_limit: '1GB',
    ...duckDBOffline,
  });
  const connection = await instance.connect();
  const interrupt = () => connection.interrupt();
  signal?.addEventListener('abort', interrupt);
  const columnsOf = async (query: string): Promise<Map<string, string>> => {
    const { count } = await connection.extractStatements(query);
    const prepared = count === 1 ? await connection.prepare(query) : null;
    if (prepared?.statementType !== StatementType.SELECT)
      throw notASelect(path, 'the query', count === 1 ? 'not a SELECT' : `${count} statements`);
    const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM (${query}\n)`);
    return new Map(described.getRows().map(([name, type]) => [String(name), String(type)] as const));
  };
  return {
    columnsOf: async (query) => [...(await columnsOf(query)).keys()],
    async *rowsOf(query) {
      const columns = [...(await columnsOf(query))];
      const read = columns.map(([, type]) => readerOf(type));
      const chosen = columns.map(([name, type]) => selectedColumn(name, type)).join(', ');
      const result = await connection.stream(`SELECT ${chosen} FROM (${query}\n)`);
      for (let chunk = await result.fetchChunk(); chunk?.rowCount; chunk = await result.fetchChunk())
        yield chunk.getRows().map((row) => row.map((value, at) => read[at](value)));
    },
    close: async () => {
      signal?.removeEventListener('abort', interrupt);
      connection.closeSync();
      instance.closeSync();
    },
  };
}

function readerOf(type: string): (value: DuckDBValue) => unknown {
  if (type === 'JSON') return (value) => (typeof value === 'string' ? JSON.parse(value) : value);
  const plain = plainValueOf(type);
  return (value) => (value instanceof DuckDBBlobValue ? bytesAsText(value.bytes) : plain(value));
}
