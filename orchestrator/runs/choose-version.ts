import { join } from 'node:path';
import { answeringStages, isNeeded } from './can-answer.ts';
import { currentFolder, readCurrent, versionUnderWay } from './current-version.ts';
import { recordName } from './run-files.ts';
import { parseRunName } from './run-name.ts';
import { readRunRecord } from './run-record.ts';
import { type StageName, stageFolderName } from './stage-names.ts';
import { versionFolder } from './versions.ts';

/** What is to be made. */
export interface Wanted {
  recipeHash: string;
  /** The key of each stage, by its folder; null where it is not known yet. */
  stageKeys: Record<string, string | null>;
  /** This stage and all later ones are made again, whatever is there. */
  from?: StageName | undefined;
}

/**
 * The version of a run in which a recipe is carried out. What answers stays as it is: a stage that answers depend on is
 * made in a new version beside it. One that is under way goes on; there is at most one.
 */
export function chooseVersion(root: string, wanted: Wanted): number {
  const { version, newest } = readCurrent(root);
  const next = newest + 1;
  if (recipeHashOf(versionFolder(root, next)) === wanted.recipeHash) return next;
  const answering = answeringStages(versionFolder(root, version));
  if (!answering) return version;
  const isAnew = wanted.from !== undefined && isNeeded(stageFolderName(wanted.from));
  const isSame = Object.entries(wanted.stageKeys)
    .filter(([stage]) => isNeeded(stage))
    .every(([stage, key]) => answering.some((its) => its.stage === stage && its.manifest?.key === key));
  return isSame && !isAnew ? version : next;
}

function recipeHashOf(folder: string): string | null {
  try {
    return readRunRecord(join(folder, recordName)).recipe_hash;
  } catch {
    return null;
  }
}

/**
 * The folder in which a recipe was carried out last: of the version under way, where that is made by it; otherwise of
 * the one that answers.
 */
export function folderOfRecipe(root: string, recipeHash: string): string {
  const { version, newest } = readCurrent(root);
  const next = versionFolder(root, newest + 1);
  return recipeHashOf(next) === recipeHash ? next : versionFolder(root, version);
}

/** The folder of a run to go on with by hand: of the version under way, or else of the one that answers; or `NAME@2`. */
export function folderToPrepare(runsFolder: string, asked: string): string {
  const { name, version } = parseRunName(asked);
  const root = join(runsFolder, name);
  const next = version === null ? versionUnderWay(root) : null;
  return next === null ? currentFolder(runsFolder, asked) : versionFolder(root, next);
}
