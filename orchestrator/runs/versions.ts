import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isThere } from '../storage/is-there.ts';
import { currentName, recordName, versionsName } from './run-files.ts';

/**
 * Where a version of a run lies: the first one in the run's own folder (`root`), where it is alone most of the time,
 * later ones in `versions/` below it. Each looks like a run.
 */
export function versionFolder(root: string, version: number): string {
  return version === 1 ? root : join(root, versionsName, String(version));
}

/** The run and the version whose folder this is. */
export function versionIn(folder: string): { root: string; version: number } {
  const [above, name] = [dirname(folder), basename(folder)];
  const root = dirname(above);
  return basename(above) === versionsName && isNumber(name) && isRun(root)
    ? { root, version: Number(name) }
    : { root: folder, version: 1 };
}

/** `beauty`; of a later version `beauty@2`. */
export function versionName(folder: string): string {
  const { root, version } = versionIn(folder);
  return version === 1 ? basename(root) : `${basename(root)}@${version}`;
}

/** Whether this is the folder of a run: its first version may have been pruned. */
export function isRun(root: string): boolean {
  return isThere(join(root, recordName)) || isThere(join(root, currentName));
}

/** The versions that are there, in order. */
export function versionsOf(root: string): number[] {
  return [1, ...laterFolders(root)].filter((version) => isVersionThere(root, version));
}

export function isVersionThere(root: string, version: number): boolean {
  return isThere(join(versionFolder(root, version), recordName));
}

/** Numbers of the folders in `versions/`, in order, also of what a kill left of one. */
export function laterFolders(root: string): number[] {
  const folder = join(root, versionsName);
  if (!isThere(folder)) return [];
  return readdirSync(folder)
    .filter(isNumber)
    .map(Number)
    .sort((a, b) => a - b);
}

function isNumber(name: string): boolean {
  return /^([2-9]|[1-9]\d{1,5})$/.test(name);
}
