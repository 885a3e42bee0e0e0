import { readFileSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../shared/errors.ts';
import { isAlive, type ProcessIdentity } from '../shared/process-identity.ts';

/**
 * Ends a stage's process whose parent was killed: it ends by itself when it notices, but may be in the middle of
 * a long calculation, and two processes must not write into one folder. To be called with the run's lock in hand.
 */
export async function endOrphan(workerFile: string, waitSeconds = 20): Promise<void> {
  const orphan = readIdentity(workerFile);
  if (!orphan) return;
  for (let waited = 0; isAlive(orphan); waited += 0.05) {
    if (waited > waitSeconds)
      throw new UserError('process/orphan', `an earlier process (${orphan.pid}) still works on this run`, {
        place: workerFile,
        remedy: `End it (kill ${orphan.pid}), then run the same command again.`,
      });
    // Only where the start time proves that it is ours; elsewhere we wait.
    if (orphan.started !== null) killQuietly(orphan.pid);
    await sleep(50);
  }
  rmSync(workerFile, { force: true });
}

function readIdentity(file: string): ProcessIdentity | null {
  try {
    const { pid, started } = JSON.parse(readFileSync(file, 'utf8'));
    return Number.isInteger(pid) && pid > 1 ? { pid, started } : null;
  } catch {
    return null;
  }
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {}
}
