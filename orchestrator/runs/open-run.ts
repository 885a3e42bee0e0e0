import { accessSync, constants, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ResolvedRecipe } from '../recipe/resolve-recipe.ts';
import { messageOf, UserError } from '../shared/errors.ts';
import { writeFileAtomic } from '../storage/atomic-file.ts';
import { hashText } from '../storage/hash.ts';
import { isThere } from '../storage/is-there.ts';
import { makeFolder } from '../storage/make-folder.ts';
import { type EventLog, openEventLog } from './event-log.ts';
import { takeLock } from './lock.ts';
import { isTemporary } from './manifest.ts';
import { checkRunName } from './run-name.ts';
import {
  type RunRecord,
  type RunStatus,
  readRunRecord,
  type VouchedBy,
  writeRunRecord,
} from './run-record.ts';
import { describeSurroundings } from './surroundings.ts';

/** A run that this process, and no other, works on. */
export interface Run {
  name: string;
  /** `runs/<name>` */
  folder: string;
  /** `runs` */
  runsFolder: string;
  log: EventLog;
  /** Records the key that each stage has by the recipe: a stage with another key no longer belongs to the run. */
  expectKeys(keys: Record<string, string | null>): void;
  /** Records how it ended and releases the lock. */
  close(status: Exclude<RunStatus, 'running'>): void;
}

export const recordName = 'run.json';
export const recipeName = 'recipe.yaml';
export const eventsName = 'events.jsonl';
export const lockName = 'lock.json';

/** Makes or opens `runsFolder/name` and writes the resolved recipe and the record into it. */
export function openRun(
  runsFolder: string,
  name: string,
  resolved: ResolvedRecipe,
  vouchedBy?: VouchedBy | null,
): Run {
  const folder = join(resolve(runsFolder), checkRunName(name));
  makeRunFolder(folder);
  const release = takeLock(join(folder, lockName));
  try {
    removeTemporary(folder);
    const file = join(folder, recordName);
    const now = new Date().toISOString();
    const isNew = !isThere(file);
    const before = isNew ? null : earlierRecord(file);
    const isSame = before?.recipe_hash === resolved.hash;
    const vouched = vouchedBy ?? (isSame ? before?.vouched_by : null);
    let record: RunRecord = {
      schema_version: 1,
      name,
      status: 'running',
      created_at: before?.created_at ?? now,
      updated_at: now,
      recipe_file: resolved.file,
      recipe_hash: resolved.hash,
      recipe_sha256: hashText(resolved.yaml),
      stage_keys: isNew || isSame ? before?.stage_keys : null,
      ...(vouched ? { vouched_by: vouched } : {}),
      seed: resolved.recipe.seed,
      ...describeSurroundings(),
    };
    // Before the recipe, so that a kill in between never leaves a new recipe next to stages that look like its own.
    writeRunRecord(file, record);
    writeFileAtomic(join(folder, recipeName), resolved.yaml);
    const log = openEventLog(join(folder, eventsName));
    return {
      name,
      folder,
      runsFolder: resolve(runsFolder),
      log,
      expectKeys: (keys) => {
        const known = (stage: string) => (isSame ? (before?.stage_keys?.[stage] ?? null) : null);
        const named = Object.entries(keys).map(([stage, key]) => [stage, key ?? known(stage)]);
        record = { ...record, stage_keys: Object.fromEntries(named) };
        writeRunRecord(file, record);
      },
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

function makeRunFolder(folder: string): void {
  try {
    makeFolder(folder);
    accessSync(folder, constants.W_OK);
  } catch (cause) {
    throw new UserError('runs/unwritable', `cannot be written into: ${messageOf(cause)}`, {
      place: folder,
      remedy: 'Fix its permissions, or choose another folder for runs: --runs-dir FOLDER.',
      cause,
    });
  }
}

/** What a kill left of the two files that are written here. */
function removeTemporary(folder: string): void {
  for (const name of readdirSync(folder))
    if (isTemporary(name) && (name.startsWith(recordName) || name.startsWith(recipeName)))
      rmSync(join(folder, name), { force: true });
}

/** A damaged record is no reason to stop: it is rewritten. */
function earlierRecord(file: string): RunRecord | null {
  try {
    return readRunRecord(file);
  } catch {
    return null;
  }
}
