import { readdirSync } from 'node:fs';
import { join, parse } from 'node:path';
import { isThere } from '../storage/is-there.ts';
import { type OwnTaskName, ownTaskEnd } from './tasks/names.ts';

/** The files of a folder that hold a task of the user's, `own-NAME.yaml`, by name; other files are nobody's concern. */
export function ownTaskFiles(folder: string | null): { name: OwnTaskName; path: string }[] {
  if (folder === null || !isThere(folder)) return [];
  return readdirSync(folder)
    .filter((file) => /^own-.*\.yaml$/.test(file) && ownTaskEnd.test(parse(file).name.slice('own-'.length)))
    .sort()
    .map((file) => ({ name: parse(file).name as OwnTaskName, path: join(folder, file) }));
}

/** Their paths: what they say decides what a stage makes. */
export function ownTaskPaths(folder: string | null): string[] {
  return ownTaskFiles(folder).map(({ path }) => path);
}
