import {
  closeSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { hostname } from 'node:os';
import { identityOf, isAlive } from '../shared/process-identity.ts';
import { atPlace } from '../shared/system-error.ts';

/** Who holds a lock, written in the file for people to read; the process id is that of its machine or container. */
export interface LockHolder {
  pid: number;
  started: string | null;
  host: string;
}

/**
 * Locks a file for as long as this process lives: the system releases the lock when the process ends, for any reason,
 * and keeps out every other process, also in another container or, on a network drive, on another machine.
 * Returns a function that releases it, or null if another process holds it.
 */
export function holdFile(file: string): (() => void) | null {
  return atPlace(file, () => {
    // Checking a lock (`isFileHeld`) takes it for a moment.
    for (let attempt = 0; attempt < 20; attempt++) {
      const handle = openSync(file, 'a+');
      if (tryLock(handle, file, false) && isStill(file, handle)) return keep(file, handle);
      closeSync(handle);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
    return null;
  });
}

/** Whether a living process holds the file. */
export function isFileHeld(file: string): boolean {
  let handle: number;
  try {
    handle = openSync(file, 'r');
  } catch {
    return false;
  }
  try {
    return !tryLock(handle, file, true);
  } finally {
    closeSync(handle);
  }
}

/** What the holder has written about itself; null where that cannot be read. */
export function lockHolder(file: string): LockHolder | null {
  try {
    const { pid, started, host } = JSON.parse(readFileSync(file, 'utf8'));
    return Number.isInteger(pid) && pid > 1 ? { pid, started, host: String(host) } : null;
  } catch {
    return null;
  }
}

function keep(file: string, handle: number): () => void {
  const release = () => {
    // Removed while it is still held: whoever waits for this one finds that the name is gone, and takes a new one.
    rmSync(file, { force: true });
    closeSync(handle);
  };
  try {
    ftruncateSync(handle, 0);
    writeSync(handle, JSON.stringify({ ...identityOf(process.pid), host: hostname() } satisfies LockHolder));
    return release;
  } catch (error) {
    release();
    throw error;
  }
}

/** Another process may have removed the file, and a third one made it anew, since this one opened it. */
function isStill(file: string, handle: number): boolean {
  const named = statSync(file, { throwIfNoEntry: false });
  const opened = fstatSync(handle);
  return named?.ino === opened.ino && named.dev === opened.dev;
}

interface Locks {
  tryLock(handle: number, offset: number, length: number, options: { shared: boolean }): boolean;
}

let locks: Locks | null | undefined;

/** One byte far behind the content, which so stays readable on systems that block reading what is locked (Windows). */
const place = 2 ** 40;

function tryLock(handle: number, file: string, shared: boolean): boolean {
  locks ??= loadLocks();
  try {
    if (locks) return locks.tryLock(handle, place, 1, { shared });
  } catch {
    // A file system that keeps no locks.
  }
  return isHolderGone(file);
}

/** Without locks only the process id can tell; a process of another machine cannot be checked, and counts as alive. */
function isHolderGone(file: string): boolean {
  const holder = lockHolder(file);
  return holder === null || (holder.host === hostname() && !isAlive(holder));
}

function loadLocks(): Locks | null {
  try {
    return createRequire(import.meta.url)('fs-native-extensions') as Locks;
  } catch {
    return null;
  }
}
