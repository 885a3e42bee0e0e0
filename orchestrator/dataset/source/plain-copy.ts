import { createReadStream, createWriteStream } from 'node:fs';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { messageOf, UserError } from '../../shared/errors.ts';

/**
 * A `.gz` file unpacked into the work folder, any other file as it is. DuckDB could read gzip itself, but takes a
 * truncated file for a whole one and loses the rest without a word.
 */
export async function plainCopy(path: string, workFolder: string, signal?: AbortSignal): Promise<string> {
  if (!path.endsWith('.gz')) return path;
  const copy = join(workFolder, basename(path, '.gz'));
  try {
    await pipeline(createReadStream(path), createGunzip(), createWriteStream(copy), { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw (error as NodeJS.ErrnoException).code?.startsWith('Z_') ? brokenGzip(path, error) : error;
  }
  return copy;
}

export function brokenGzip(path: string, cause: unknown): UserError {
  return new UserError('dataset/broken-gzip', `is not a whole gzip file: ${messageOf(cause)}`, {
    place: path,
    remedy: 'The file was cut or is not gzipped: download it again, or take .gz off its name.',
    cause,
  });
}
