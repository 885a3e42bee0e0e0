import { join } from 'node:path';
import { isLocked } from './lock.ts';
import { lockName, recordName } from './run-files.ts';
import { type RunRecord, readRunRecord } from './run-record.ts';
import type { RunState } from './run-states.ts';
import { versionIn } from './versions.ts';

/** The one place that tells: every list of runs, in the terminal and on the page, asks here. */
export function readRunState(folder: string): { state: RunState; record: RunRecord | null } {
  let record: RunRecord;
  try {
    record = readRunRecord(join(folder, recordName));
  } catch {
    return { state: 'damaged', record: null };
  }
  if (record.status === 'finished' || record.status === 'failed') return { state: record.status, record };
  const running = record.status === 'running' && isLocked(join(versionIn(folder).root, lockName));
  return { state: running ? 'running' : 'interrupted', record };
}
