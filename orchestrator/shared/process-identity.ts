import { readFileSync } from 'node:fs';

/** A process id together with the time it was started, so that a re-used id is not taken for the old process. */
export interface ProcessIdentity {
  pid: number;
  /** Clock ticks since boot, where the system tells (Linux); else null. */
  started: string | null;
}

export function identityOf(pid: number): ProcessIdentity {
  return { pid, started: readStatus(pid)?.started ?? null };
}

export function isAlive({ pid, started }: ProcessIdentity): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: there is such a process, and it is someone else's.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const status = readStatus(pid);
  if (!status || started === null) return true;
  return status.state !== 'Z' && status.started === started;
}

function readStatus(pid: number): { state: string; started: string } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the name in brackets and may hold anything; fields 3 and 22 are wanted.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0], started: fields[19] };
  } catch {
    return null;
  }
}
