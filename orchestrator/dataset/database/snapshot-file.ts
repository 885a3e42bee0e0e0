import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { duckDBOffline } from '../../storage/duckdb-offline.ts';

export interface WrittenRows {
  rows: number;
  /** SHA-256 of the lines. */
  sha256: string;
}

/**
 * Writes lines into a .gz, hashing them on the way: in their order, or sorted where the source gives them in none, so that
 * equal rows give an equal file. Sorting goes through disk.
 */
export async function writeSnapshotFile(
  path: string,
  lines: AsyncIterable<string[]>,
  { sorted, folder, memoryLimit }: { sorted: boolean; folder: string; memoryLimit: string },
  signal?: AbortSignal,
): Promise<WrittenRows> {
  const hash = createHash('sha256');
  let rows = 0;
  const text = async function* () {
    for await (const batch of sorted ? inOrder(lines, folder, memoryLimit, signal) : lines) {
      rows += batch.length;
      const part = batch.map((line) => `${line}\n`).join('');
      hash.update(part);
      yield part;
    }
  };
  await pipeline(Readable.from(text()), createGzip({ level: 1 }), createWriteStream(path), { signal });
  return { rows, sha256: hash.digest('hex') };
}

async function* inOrder(
  lines: AsyncIterable<string[]>,
  folder: string,
  memoryLimit: string,
  signal: AbortSignal | undefined,
): AsyncIterable<string[]> {
  const instance = await DuckDBInstance.create(join(folder, 'sorting.duckdb'), {
    memory_limit: memoryLimit,
    temp_directory: join(folder, 'spill'),
    ...duckDBOffline,
  });
  const connection = await instance.connect();
  try {
    await connection.run('CREATE TABLE lines (line VARCHAR)');
    const to = await connection.createAppender('lines');
    for await (const batch of lines) {
      for (const line of batch) {
        to.appendVarchar(line);
        to.endRow();
      }
      signal?.throwIfAborted();
    }
    to.closeSync();
    const result = await connection.stream('SELECT line FROM lines ORDER BY line');
    for (let chunk = await result.fetchChunk(); chunk?.rowCount; chunk = await result.fetchChunk())
      yield chunk.getRows().map(([line]) => String(line));
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
