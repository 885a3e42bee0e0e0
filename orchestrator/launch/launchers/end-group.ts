import type { Program } from './launcher.ts';

/** Ends a program with all that it has started. */
export function endGroup({ pid }: Pick<Program, 'pid'>, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // All have ended.
  }
}
