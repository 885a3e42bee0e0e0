import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../shared/errors.ts';
import { holdFile } from '../storage/file-lock.ts';
import { type CurrentVersion, readCurrent, writeCurrent } from './current-version.ts';
import {
  composedName,
  currentName,
  eventsName,
  exportsName,
  meaningName,
  predictedRowsName,
  recipeName,
  recordName,
} from './run-files.ts';
import { laterFolders, versionFolder, versionsOf } from './versions.ts';

/**
 * Changes which version answers, at once and whole. Not under the lock of the run: nobody waits for a training to go
 * back to an older version. `change` gets what is there, and gives what shall be, or null to leave it.
 */
export function letAnswer(root: string, change: () => CurrentVersion | null): void {
  holdCurrent(root, () => {
    const changed = change();
    if (changed) writeCurrent(root, changed);
  });
}

/** How many versions a run keeps where nothing else is said. */
export const usualKept = 3;

/**
 * Deletes old versions: the `keep` newest stay, and the one that answers. What they share with others stays there, since
 * it is linked or copied into each.
 */
export function pruneVersions(root: string, keep: number): void {
  holdCurrent(root, () => {
    const { version, newest } = readCurrent(root);
    const answered = versionsOf(root).filter((each) => each <= newest);
    const kept = new Set([version, ...answered.slice(-keep)]);
    // Also what a kill left of one that was being deleted.
    for (const each of laterFolders(root)) if (each <= newest && !kept.has(each)) removeLater(root, each);
    if (!kept.has(1)) removeFirst(root);
  });
}

/** The record goes first: without it, what a kill leaves is no version. */
function removeLater(root: string, version: number): void {
  const folder = versionFolder(root, version);
  rmSync(join(folder, recordName), { force: true });
  rmSync(folder, { recursive: true, force: true });
}

/** The first version lies in the run's own folder, beside what belongs to all of them. */
function removeFirst(root: string): void {
  const stages = readdirSync(root).filter((name) => /^\d\d-/.test(name));
  const others = [
    recordName,
    recipeName,
    composedName,
    eventsName,
    exportsName,
    meaningName,
    predictedRowsName,
  ];
  for (const name of [...others, ...stages]) rmSync(join(root, name), { recursive: true, force: true });
}

function holdCurrent(root: string, work: () => void): void {
  const file = join(root, `${currentName}.lock`);
  const release = holdFile(file);
  if (!release)
    throw new UserError('runs/locked', 'another process is changing which version of this run answers', {
      place: file,
      remedy: 'Try again in a moment.',
    });
  try {
    work();
  } finally {
    release();
  }
}
