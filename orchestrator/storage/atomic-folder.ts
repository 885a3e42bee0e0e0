import { closeSync, existsSync, fsyncSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { messageOf, UserError } from '../shared/errors.ts';
import { isAlive } from '../shared/process-identity.ts';
import { syncFolder } from './atomic-file.ts';
import { makeFolder } from './make-folder.ts';

/**
 * Makes a folder so that a kill at any moment leaves either nothing or the whole folder: built under a temporary name
 * beside it, synced, renamed. An existing folder is replaced only with `replace`, and only if it holds the file `mark`,
 * which says who made it: nothing else is ever deleted. An empty folder counts as none.
 */
export async function writeFolderAtomic(
  target: string,
  { mark, replace = false }: { mark: string; replace?: boolean },
  build: (folder: string) => void | Promise<void>,
): Promise<void> {
  const path = resolve(target);
  const [temporary, old] = ['tmp', 'old'].map((end) => `${path}.${process.pid}.${end}`);
  try {
    if (existsSync(dirname(path))) removeLeftovers(path);
    checkTarget(path, mark, replace);
    makeFolder(temporary);
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError('folder/unwritable', `cannot be created: ${messageOf(cause)}`, {
      place: path,
      remedy: 'Name a writable folder inside an existing one.',
      cause,
    });
  }
  try {
    await build(temporary);
    syncAll(temporary);
    if (existsSync(path)) renameSync(path, old);
    renameSync(temporary, path);
  } catch (error) {
    if (existsSync(old) && !existsSync(path)) renameSync(old, path);
    rmSync(temporary, { recursive: true, force: true });
    throw error;
  }
  rmSync(old, { recursive: true, force: true });
  syncFolder(dirname(path));
}

function checkTarget(path: string, mark: string, replace: boolean): void {
  const found = existingEntries(path);
  if (found === null || found.length === 0) return;
  if (!found.includes(mark))
    throw new UserError(
      'folder/not-ours',
      `exists and holds something else (${found.slice(0, 4).join(', ')})`,
      {
        place: path,
        remedy: 'Name a folder that does not exist yet, or one that was written by this command before.',
      },
    );
  if (!replace)
    throw new UserError('folder/exists', 'already exists', {
      place: path,
      remedy: 'Name another folder, or replace this one with --force.',
    });
}

function existingEntries(path: string): string[] | null {
  try {
    return readdirSync(path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new UserError('folder/not-a-folder', `is not a readable folder: ${messageOf(cause)}`, {
      place: path,
      remedy: 'Name a folder that does not exist yet.',
      cause,
    });
  }
}

/** Unfinished folders of processes that have ended; an `old` one is a leftover only if a whole one took its place. */
function removeLeftovers(path: string): void {
  const start = `${basename(path)}.`;
  for (const name of readdirSync(dirname(path))) {
    if (!name.startsWith(start)) continue;
    const [, pid, end] = /^(\d+)\.(tmp|old)$/.exec(name.slice(start.length)) ?? [];
    if (pid === undefined || isAlive({ pid: Number(pid), started: null })) continue;
    const leftover = join(dirname(path), name);
    if (end === 'old' && !existsSync(path)) renameSync(leftover, path);
    else rmSync(leftover, { recursive: true, force: true });
  }
}

/** Syncs data first, then the folders that name them. */
function syncAll(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) syncAll(path);
    else if (entry.isFile()) {
      const file = openSync(path, 'r+');
      fsyncSync(file);
      closeSync(file);
    }
  }
  syncFolder(folder);
}
