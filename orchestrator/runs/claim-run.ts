import { accessSync, constants, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ResolvedRecipe } from '../recipe/resolve-recipe.ts';
import { messageOf, UserError } from '../shared/errors.ts';
import { makeFolder } from '../storage/make-folder.ts';
import { answeringStages } from './can-answer.ts';
import { chooseVersion, type Wanted } from './choose-version.ts';
import { readCurrent } from './current-version.ts';
import { type EventLog, openEventLog } from './event-log.ts';
import { letAnswer, pruneVersions } from './let-answer.ts';
import { takeLock } from './lock.ts';
import { isTemporary } from './manifest.ts';
import { openRecord, type RecordGiven } from './open-record.ts';
import { eventsName, lockName, recipeName, recordName } from './run-files.ts';
import { checkRunName } from './run-name.ts';
import type { RunStatus } from './run-record.ts';
import { versionFolder } from './versions.ts';

/** A run that this process, and no other, works on. */
export interface Run {
  name: string;
  version: number;
  /** The version that answers meanwhile; null where none can. */
  answering: number | null;
  /** Of the version: `runs/<name>`, `runs/<name>/versions/2` */
  folder: string;
  /** Of all versions: `runs/<name>` */
  root: string;
  /** `runs` */
  runsFolder: string;
  log: EventLog;
  /** Records the key that each stage has by the recipe: a stage with another key no longer belongs to the run. */
  expectKeys(keys: Record<string, string | null>): void;
  /**
   * Records how it ended and releases the lock. A new version answers from then on, if what answers need is done and
   * `answers` says so.
   */
  close(status: Exclude<RunStatus, 'running'>, answers?: boolean): void;
}

export interface ClaimOptions extends RecordGiven, Partial<Omit<Wanted, 'recipeHash' | 'stageKeys'>> {
  /** Work in this version; by default in the one that `chooseVersion` gives. */
  version?: number | undefined;
  /** How many versions are kept when a run is finished; all by default. */
  keepVersions?: number | undefined;
}

/** Makes or opens `runsFolder/name`, or a new version of it, and writes the resolved recipe and the record into it. */
export function claimRun(
  runsFolder: string,
  name: string,
  resolved: ResolvedRecipe,
  options: ClaimOptions = {},
): Run {
  const root = join(resolve(runsFolder), checkRunName(name));
  makeRunFolder(root);
  const release = takeLock(join(root, lockName));
  try {
    const { stageKeys = {}, from, keepVersions } = options;
    const version = options.version ?? chooseVersion(root, { recipeHash: resolved.hash, stageKeys, from });
    const folder = versionFolder(root, version);
    makeRunFolder(folder);
    removeTemporary(folder);
    const current = readCurrent(root).version;
    const answering = answeringStages(versionFolder(root, current)) ? current : null;
    const { save, close } = openRecord(folder, name, resolved, options);
    const log = openEventLog(join(folder, eventsName));
    return {
      name,
      version,
      answering,
      folder,
      root,
      runsFolder: resolve(runsFolder),
      log,
      expectKeys: save,
      close: (status, answers = status === 'finished') => {
        try {
          log.close();
          close(status);
          if (answers) takeOver(root, version);
          if (status === 'finished' && keepVersions !== undefined) pruneVersions(root, keepVersions);
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

/** A version that is new answers once it can. One that was there stays where it is: only a person goes back. */
function takeOver(root: string, version: number): void {
  letAnswer(root, () =>
    version > readCurrent(root).newest && answeringStages(versionFolder(root, version))
      ? { version, newest: version }
      : null,
  );
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
