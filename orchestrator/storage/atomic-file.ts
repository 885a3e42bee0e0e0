import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { systemErrorOf } from '../shared/system-error.ts';
import { makeFolder } from './make-folder.ts';

/**
 * Writes a file so that a kill at any moment leaves either the old content or the new, never a part:
 * temporary name, fsync, rename, fsync of the folder.
 */
export function writeFileAtomic(
  path: string,
  content: string | Uint8Array | Iterable<string | Uint8Array>,
): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    makeFolder(dirname(path));
    const file = openSync(temporary, 'w');
    try {
      for (const part of parts(content)) writeAll(file, part);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    removeQuietly(temporary);
    throw systemErrorOf(error, path) ?? error;
  }
  syncFolder(dirname(path));
}

/** If the folder is a file, even that fails; the first error says what is wrong. */
function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {}
}

function parts(content: string | Uint8Array | Iterable<string | Uint8Array>): Iterable<string | Uint8Array> {
  return typeof content === 'string' || content instanceof Uint8Array ? [content] : content;
}

function writeAll(file: number, part: string | Uint8Array): void {
  const bytes = typeof part === 'string' ? Buffer.from(part) : part;
  for (let at = 0; at < bytes.length; )
    at += writeSync(file, bytes, at, Math.min(bytes.length - at, 1 << 30));
}

/** Makes renames inside a folder durable; on systems that cannot (Windows), the rename alone must do. */
export function syncFolder(folder: string): void {
  try {
    const handle = openSync(folder, 'r');
    fsyncSync(handle);
    closeSync(handle);
  } catch {}
}
