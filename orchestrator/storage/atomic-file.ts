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
  const file = openAtomic(path);
  try {
    for (const part of parts(content)) file.write(part);
  } catch (error) {
    file.discard();
    throw error;
  }
  file.finish();
}

export interface AtomicFile {
  /** Writes behind what was written last, or at a place of the file. */
  write(part: string | Uint8Array, position?: number): void;
  /** What was written is the file from now on. */
  finish(): void;
  /** Nothing was written. */
  discard(): void;
}

/** A file to be written in pieces, which is there once it is whole: the same as `writeFileAtomic`, whose content comes at once. */
export function openAtomic(path: string): AtomicFile {
  const temporary = `${path}.${process.pid}.tmp`;
  let file: number | undefined;
  const discard = () => {
    if (file !== undefined) closeSync(file);
    file = undefined;
    removeQuietly(temporary);
  };
  const orDiscard = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      discard();
      throw systemErrorOf(error, path) ?? error;
    }
  };
  file = orDiscard(() => {
    makeFolder(dirname(path));
    return openSync(temporary, 'w');
  });
  return {
    write: (part, position) => orDiscard(() => writeAll(file!, part, position)),
    finish() {
      orDiscard(() => {
        fsyncSync(file!);
        closeSync(file!);
        file = undefined;
        renameSync(temporary, path);
      });
      syncFolder(dirname(path));
    },
    discard,
  };
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

function writeAll(file: number, part: string | Uint8Array, position?: number): void {
  const bytes = typeof part === 'string' ? Buffer.from(part) : part;
  for (let at = 0; at < bytes.length; ) {
    const place = position === undefined ? null : position + at;
    at += writeSync(file, bytes, at, Math.min(bytes.length - at, 1 << 30), place);
  }
}

/** Makes renames inside a folder durable; on systems that cannot (Windows), the rename alone must do. */
export function syncFolder(folder: string): void {
  try {
    const handle = openSync(folder, 'r');
    fsyncSync(handle);
    closeSync(handle);
  } catch {}
}
