import { copyFileSync, linkSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { messageOf } from '../shared/errors.ts';
import { isThere } from '../storage/is-there.ts';
import { writeJson } from '../storage/json-file.ts';
import { makeFolder } from '../storage/make-folder.ts';
import {
  describeDamage,
  findAllDamage,
  findDamage,
  inProgressName,
  isTemporary,
  type Manifest,
  manifestName,
  readManifest,
  writeBorrowedManifest,
} from './manifest.ts';
import { laterFolders, versionFolder, versionIn, versionName } from './versions.ts';

export type PreparedStage =
  /** Done before, here, in another version or in another run. */
  | { state: 'done'; manifest: Manifest; borrowedFrom: string | null }
  /** To be run; `resumed` when an unfinished attempt with the same key lies in the folder. */
  | { state: 'open'; resumed: boolean };

export interface StageFolderOptions {
  /** `runs/` */
  runsFolder: string;
  /** Of the version that is worked on: `runs/beauty`, `runs/beauty/versions/2`. */
  runFolder: string;
  /** `03-item-index` */
  stageFolder: string;
  key: string;
  /** Start from scratch, whatever is there. */
  anew?: boolean;
  /** Folders with this key whose files were read and found damaged, and how: see `findDamagedCopies`. */
  damaged?: ReadonlyMap<string, string>;
  onWarning: (text: string) => void;
}

/**
 * Looks at what is in a stage's folder and makes it ready: a finished stage with this key is kept, an unfinished
 * one with this key is kept for resuming, one that another version or run finished is linked in, anything else is
 * cleared.
 */
export function prepareStageFolder(options: StageFolderOptions): PreparedStage {
  const { runsFolder, runFolder, stageFolder, key, anew = false, damaged, onWarning } = options;
  const folder = join(runFolder, stageFolder);
  if (!anew) {
    const own = finishedManifest(folder, key, damaged?.get(folder), onWarning);
    if (own) {
      closeStageFolder(folder);
      return { state: 'done', manifest: own, borrowedFrom: null };
    }
    for (const other of otherFolders(runsFolder, runFolder)) {
      const donor = join(other, stageFolder);
      const manifest = finishedManifest(donor, key, damaged?.get(donor), () => {});
      if (!manifest) continue;
      clearStageFolder(folder);
      borrow(donor, folder, manifest);
      return { state: 'done', manifest, borrowedFrom: versionName(other) };
    }
    if (inProgressKey(folder) === key && !isThere(join(folder, manifestName))) {
      removeTemporaryFiles(folder);
      return { state: 'open', resumed: true };
    }
  }
  clearStageFolder(folder);
  makeFolder(folder);
  writeJson(join(folder, inProgressName), { key });
  return { state: 'open', resumed: false };
}

/** Whether this stage was finished with this key and all its files are unchanged. Changes nothing. */
export async function isStageFinished(folder: string, key: string): Promise<boolean> {
  const manifest = finishedManifest(folder, key, undefined, () => {});
  return manifest !== null && (await findAllDamage(folder, manifest)).length === 0;
}

/**
 * Reads the finished stages that could be kept or borrowed, this run's own first, up to the first that is as it was;
 * gives the folders of the others, with what is wrong there.
 */
export async function findDamagedCopies({
  runsFolder,
  runFolder,
  stageFolder,
  key,
}: Pick<StageFolderOptions, 'runsFolder' | 'runFolder' | 'stageFolder' | 'key'>): Promise<
  Map<string, string>
> {
  const damaged = new Map<string, string>();
  for (const other of [runFolder, ...otherFolders(runsFolder, runFolder)]) {
    const folder = join(other, stageFolder);
    const manifest = finishedManifest(folder, key, undefined, () => {});
    if (!manifest) continue;
    const damage = describeDamage(await findAllDamage(folder, manifest));
    if (!damage) break;
    damaged.set(folder, damage);
  }
  return damaged;
}

/** To be called after the manifest is written. */
export function closeStageFolder(folder: string): void {
  rmSync(join(folder, inProgressName), { force: true });
  removeTemporaryFiles(folder);
}

function finishedManifest(
  folder: string,
  key: string,
  known: string | undefined,
  onWarning: (text: string) => void,
): Manifest | null {
  try {
    const manifest = readManifest(folder);
    if (manifest?.key !== key) return null;
    const damage = known ?? findDamage(folder, manifest);
    if (!damage) return manifest;
    onWarning(`${folder} is damaged (${damage}) and is rebuilt`);
  } catch (error) {
    onWarning(`${folder}/${manifestName} ${messageOf(error)}; the stage is rebuilt`);
  }
  return null;
}

/** Where a stage may be taken from: the other versions of this run, the latest first, then all versions of others. */
function otherFolders(runsFolder: string, runFolder: string): string[] {
  const own = versionIn(runFolder).root;
  const others = readdirSync(runsFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(runsFolder, name))
    .filter((root) => root !== own)
    .sort();
  return [own, ...others]
    .flatMap((root) => [...laterFolders(root).reverse(), 1].map((version) => versionFolder(root, version)))
    .filter((folder) => folder !== runFolder);
}

/** Finished files are never written again, so a hard link is as good as a copy and takes no space. */
function borrow(donor: string, folder: string, manifest: Manifest): void {
  for (const { path } of manifest.files) {
    const target = join(folder, path);
    makeFolder(dirname(target));
    try {
      linkSync(join(donor, path), target);
    } catch {
      copyFileSync(join(donor, path), target);
    }
  }
  writeBorrowedManifest(folder, manifest);
}

function inProgressKey(folder: string): string | null {
  try {
    return JSON.parse(readFileSync(join(folder, inProgressName), 'utf8')).key;
  } catch {
    return null;
  }
}

/** The marks go first: a kill in the middle must not leave a folder that looks finished or resumable. */
function clearStageFolder(folder: string): void {
  rmSync(join(folder, manifestName), { force: true });
  rmSync(join(folder, inProgressName), { force: true });
  rmSync(folder, { recursive: true, force: true });
}

/** Files and folders that a killed process was writing. */
function removeTemporaryFiles(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (isTemporary(entry.name)) rmSync(join(entry.parentPath, entry.name), { recursive: true, force: true });
}
