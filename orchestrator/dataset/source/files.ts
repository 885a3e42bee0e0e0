import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../../shared/errors.ts';
import { filesMatching, isPattern } from '../../storage/files-matching.ts';
import { isThere } from '../../storage/is-there.ts';

/** The path itself, once it is known to be a file that is not empty. */
export function requireFile(path: string, what: string): string {
  if (!isThere(path)) throw missing(path, what);
  const stat = statSync(path);
  if (stat.isDirectory())
    throw new UserError('dataset/folder-for-file', `expected ${what}, got a folder`, {
      place: path,
      remedy: `Give the file itself; the folder holds: ${listing(path)}.`,
    });
  if (!stat.isFile())
    throw new UserError('dataset/no-file', `expected ${what}, got a pipe or a device`, {
      place: path,
      remedy: 'Write its output to a file first, and name that file.',
    });
  if (stat.size === 0)
    throw new UserError('dataset/empty-file', `expected ${what}, got an empty file`, {
      place: path,
      remedy: 'Copy or download the file again.',
    });
  return path;
}

export function requireFolder(path: string, what: string): string {
  if (!isThere(path)) throw missing(path, what);
  if (!statSync(path).isDirectory())
    throw new UserError('dataset/file-for-folder', `expected ${what}, got a file`, {
      place: path,
      remedy: `Give the folder: ${dirname(path)}.`,
    });
  return path;
}

export function isFolder(path: string): boolean {
  return isThere(path) && statSync(path).isDirectory();
}

/** The only file of a folder whose name passes; none or several are an error that lists what is there. */
export function onlyFile(folder: string, what: string, passes: (name: string) => boolean): string {
  const names = filesOf(folder).filter(passes);
  if (names.length === 1) return requireFile(join(folder, names[0]), what);
  throw new UserError(
    names.length === 0 ? 'dataset/missing-file' : 'dataset/ambiguous-files',
    names.length === 0
      ? `expected ${what}, found none`
      : `expected one file for ${what}, found ${names.join(', ')}`,
    {
      place: folder,
      remedy:
        names.length === 0
          ? `Check path and format; the folder holds: ${listing(folder)}.`
          : 'Give path (and items_path) as files, or keep one data set in the folder.',
    },
  );
}

/**
 * The files that a reader may take up from its path: itself, those that its pattern fits, or those right in a folder. What lies deeper, such as runs,
 * is read by nobody.
 */
export function filesAt(path: string): string[] {
  if (isPattern(path)) return filesMatching(path);
  if (!isFolder(path)) return [path];
  const files = filesOf(path)
    .map((name) => join(path, name))
    .filter((file) => isThere(file) && statSync(file).isFile());
  return files.length > 0 ? files : [path];
}

export function filesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .sort();
}

function missing(path: string, what: string): UserError {
  const folder = dirname(path);
  return new UserError('dataset/missing-file', `expected ${what}, but nothing is there`, {
    place: path,
    remedy: isFolder(folder)
      ? `Check the name; ${basename(folder) || folder} holds: ${listing(folder)}.`
      : 'Check the path; its folder does not exist either.',
  });
}

function listing(folder: string): string {
  const names = readdirSync(folder).sort();
  if (names.length === 0) return 'nothing';
  return names.slice(0, 8).join(', ') + (names.length > 8 ? ', …' : '');
}
