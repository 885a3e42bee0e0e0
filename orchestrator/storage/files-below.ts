import { readdirSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The content of a folder, at any depth; names use `/`. */
export type FileBelow = { name: string; path: string } & (
  | { kind: 'file' }
  /** A broken link, or one that points to a folder that contains it. */
  | { kind: 'dead link'; target: string }
  /** A pipe, a socket, a device. */
  | { kind: 'other' }
);

/** All that lies below a folder, sorted by name. Links are followed, to files and to folders. */
export function filesBelow(folder: string): FileBelow[] {
  return walk(folder, '', [realpathSync(folder)]).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** `above`: the real paths of this folder and of those that it lies in. */
function walk(folder: string, prefix: string, above: readonly string[]): FileBelow[] {
  return readdirSync(folder).flatMap((entry): FileBelow[] => {
    const at = { name: prefix + entry, path: join(folder, entry) };
    const status = statusOf(at.path);
    const real = status?.isDirectory() ? realpathSync(at.path) : null;
    if (status === null || (real !== null && above.includes(real)))
      return [{ ...at, kind: 'dead link', target: readlinkSync(at.path) }];
    if (real !== null) return walk(at.path, `${at.name}/`, [...above, real]);
    return [{ ...at, kind: status.isFile() ? 'file' : 'other' }];
  });
}

/** Null for a broken link. */
function statusOf(path: string) {
  try {
    return statSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ELOOP') return null;
    throw error;
  }
}
