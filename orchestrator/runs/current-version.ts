import { basename, join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../shared/errors.ts';
import { isThere } from '../storage/is-there.ts';
import { readJson, writeJson } from '../storage/json-file.ts';
import { currentName } from './run-files.ts';
import { parseRunName } from './run-name.ts';
import { validated } from './validated.ts';
import { isRun, isVersionThere, versionFolder, versionsOf } from './versions.ts';

const currentVersion = z.strictObject({
  schema_version: z.literal(1),
  /** The version that answers. */
  version: z.int().min(1),
  /** The latest that ever answered: a later one is under way. */
  newest: z.int().min(1),
});

export type CurrentVersion = Pick<z.infer<typeof currentVersion>, 'version' | 'newest'>;

const remedy = 'eager-llm runs rollback NAME --to K says which version answers, and writes the file anew.';

/** Which version of a run answers; a run that was never made again has only the first. */
export function readCurrent(root: string): CurrentVersion {
  const file = join(root, currentName);
  if (!isThere(file)) return { version: 1, newest: 1 };
  return validated(currentVersion, readJson(file, remedy), file, remedy);
}

export function writeCurrent(root: string, { version, newest }: CurrentVersion): void {
  writeJson(join(root, currentName), { schema_version: 1, version, newest });
}

/**
 * The folder that a run's name stands for: that of the version that answers, or of the one that `NAME@2` asks for. All
 * who read a run come through here. A run that is not there gives its folder as well.
 */
export function currentFolder(runsFolder: string, asked: string): string {
  const { name, version } = parseRunName(asked);
  const root = join(runsFolder, name);
  const wanted = version ?? readCurrent(root).version;
  if (isRun(root) && !isVersionThere(root, wanted)) throw noVersion(root, wanted);
  return versionFolder(root, wanted);
}

/** The version that a command is making, or began to make; null where the latest one answers. */
export function versionUnderWay(root: string): number | null {
  const next = readCurrent(root).newest + 1;
  return isVersionThere(root, next) ? next : null;
}

export function noVersion(root: string, version: number): UserError {
  const there = versionsOf(root).join(', ');
  return new UserError('runs/no-version', `the run "${basename(root)}" has no version ${version}`, {
    place: versionFolder(root, version),
    remedy: there ? `There are: ${there}.` : 'Run its recipe again.',
  });
}
