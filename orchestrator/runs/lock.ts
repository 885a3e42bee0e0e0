import { hostname } from 'node:os';
import { UserError } from '../shared/errors.ts';
import { holdFile, isFileHeld, lockHolder } from '../storage/file-lock.ts';

/**
 * Takes the lock of a run, so that two processes never write into it at once; returns the function that releases it. A
 * lock file left by a dead process is no lock, whatever it says.
 */
export function takeLock(file: string): () => void {
  const release = holdFile(file);
  if (release) return release;
  const holder = lockHolder(file);
  const isElsewhere = holder !== null && holder.host !== hostname();
  const who = holder ? ` (${holder.pid}${isElsewhere ? ` on ${holder.host}` : ''})` : '';
  throw new UserError('runs/locked', `another process${who} is working on this run`, {
    place: file,
    remedy: `Wait for it, or give this run another name: --run NAME.${isElsewhere ? ` Where ${holder.host} is gone for good, delete this file.` : ''}`,
  });
}

/** Whether a living process works on the run. */
export function isLocked(file: string): boolean {
  return isFileHeld(file);
}
