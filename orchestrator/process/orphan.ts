import { readFileSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../shared/errors.ts';
import { isAlive } from '../shared/process-identity.ts';
import { isFileHeld, type LockHolder, lockHolder } from '../storage/file-lock.ts';

/**
 * Ends a stage's process whose parent was killed: it ends by itself when it notices, but may be in the middle of
 * a long calculation, and two processes must not write into one folder. To be called with the run's lock in hand.
 */
export async function endOrphan(workerFile: string, waitSeconds = 20): Promise<void> {
  for (let waited = 0; isFileHeld(workerFile); waited += 0.05) {
    const orphan = lockHolder(workerFile);
    if (waited > waitSeconds) {
      const who = orphan ? ` (${orphan.pid} on ${orphan.host})` : '';
      throw new UserError('process/orphan', `an earlier process${who} is still working on this run`, {
        place: workerFile,
        remedy: `End it${orphan ? ` (there: kill ${orphan.pid})` : ''}, then run the same command again.`,
      });
    }
    if (orphan && isOurs(orphan, workerFile)) killQuietly(orphan.pid);
    await sleep(50);
  }
  rmSync(workerFile, { force: true });
}

/** A number in a file must not lead us to kill a stranger: the process itself has to name the file. Elsewhere we wait. */
function isOurs(orphan: LockHolder, workerFile: string): boolean {
  if (orphan.started === null || !isAlive(orphan)) return false;
  try {
    return readFileSync(`/proc/${orphan.pid}/cmdline`, 'utf8').split('\0').includes(workerFile);
  } catch {
    return false;
  }
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {}
}
