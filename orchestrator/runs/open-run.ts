import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ResolvedRecipe } from '../recipe/resolve-recipe.ts';
import { messageOf, UserError } from '../shared/errors.ts';
import { writeFileAtomic } from '../storage/atomic-file.ts';
import { type EventLog, openEventLog } from './event-log.ts';
import { takeLock } from './lock.ts';
import { checkRunName } from './run-name.ts';
import { type RunStatus, readRunRecord, writeRunRecord } from './run-record.ts';
import { describeSurroundings } from './surroundings.ts';

/** A run that this process, and no other, works on. */
export interface Run {
  name: string;
  /** `runs/<name>` */
  folder: string;
  /** `runs` */
  runsFolder: string;
  log: EventLog;
  /** Writes how it ended and gives the lock back. */
  close(status: Exclude<RunStatus, 'running'>): void;
}

export const recordName = 'run.json';
export const recipeName = 'recipe.yaml';
export const eventsName = 'events.jsonl';
export const lockName = 'lock.json';

/** Makes or opens `runsFolder/name` and writes the resolved recipe and the record into it. */
export function openRun(runsFolder: string, name: string, resolved: ResolvedRecipe): Run {
  const folder = join(resolve(runsFolder), checkRunName(name));
  makeFolder(folder);
  const release = takeLock(join(folder, lockName));
  try {
    const file = join(folder, recordName);
    const now = new Date().toISOString();
    const record = {
      schema_version: 1 as const,
      name,
      status: 'running' as RunStatus,
      created_at: createdAt(file) ?? now,
      updated_at: now,
      recipe_file: resolved.file,
      recipe_hash: resolved.hash,
      seed: resolved.recipe.seed,
      ...describeSurroundings(),
    };
    writeFileAtomic(join(folder, recipeName), resolved.yaml);
    writeRunRecord(file, record);
    const log = openEventLog(join(folder, eventsName));
    return {
      name,
      folder,
      runsFolder: resolve(runsFolder),
      log,
      close: (status) => {
        try {
          log.close();
          writeRunRecord(file, { ...record, status, updated_at: new Date().toISOString() });
        } finally {
          release();
        }
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (cause) {
    throw new UserError('runs/unwritable', `cannot be written into: ${messageOf(cause)}`, {
      place: folder,
      remedy: 'Mend its rights, or name another folder of runs: --runs-dir FOLDER.',
      cause,
    });
  }
}

/** A damaged record is no reason to stop: it is written anew. */
function createdAt(file: string): string | null {
  try {
    return existsSync(file) ? readRunRecord(file).created_at : null;
  } catch {
    return null;
  }
}
