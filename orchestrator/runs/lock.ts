import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { UserError } from '../shared/errors.ts';
import { identityOf, isAlive } from '../shared/process-identity.ts';

/**
 * Takes the lock of a run, so that two processes never write into it at once; returns how it is given back.
 * A lock whose process is gone is taken over.
 */
export function takeLock(file: string): () => void {
  const own = JSON.stringify({ ...identityOf(process.pid), host: hostname(), token: Math.random() });
  for (let attempt = 0; attempt < 10; attempt++) {
    if (placeLock(file, own)) return () => releaseLock(file, own);
    const found = readLock(file);
    if (found !== null && isHeld(found)) break;
    // Moved away first and looked at again: another process may have taken the stale lock over in between.
    const aside = `${file}.${process.pid}.stale`;
    try {
      renameSync(file, aside);
    } catch {
      continue;
    }
    const moved = readLock(aside);
    if (moved !== found && moved !== null && isHeld(moved)) placeLock(file, moved);
    rmSync(aside, { force: true });
  }
  const pid = readLock(file)?.match(/"pid":(\d+)/)?.[1];
  throw new UserError('runs/locked', `another process${pid ? ` (${pid})` : ''} works on this run`, {
    place: file,
    remedy: 'Wait for it, or give this run a name of its own: --run NAME.',
  });
}

/** Whether a living process holds the lock. */
export function isLocked(file: string): boolean {
  const found = readLock(file);
  return found !== null && isHeld(found);
}

/** A link appears with its content, whole or not at all. */
function placeLock(file: string, content: string): boolean {
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, content);
  try {
    linkSync(temporary, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
}

function releaseLock(file: string, own: string): void {
  if (readLock(file) === own) rmSync(file, { force: true });
}

function readLock(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

function isHeld(content: string): boolean {
  try {
    const { pid, started, host } = JSON.parse(content);
    // A lock of another machine on a shared disk cannot be looked into: it counts as held.
    return host !== hostname() || isAlive({ pid, started });
  } catch {
    return false;
  }
}
