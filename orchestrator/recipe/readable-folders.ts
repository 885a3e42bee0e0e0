import { realpathSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import type { Problem } from './problem.ts';

/**
 * Whether a path may be read by a recipe that is held to `folders` (undefined: to none). It has to lie in one of them
 * as it is written, so that nothing can be learned of what is elsewhere, and again with its links resolved.
 */
export function mayRead(path: string, folders: readonly string[] | undefined): boolean {
  if (folders === undefined) return true;
  const real = realPath(path);
  return (
    folders.some((folder) => isInside(path, folder)) &&
    (real === null || folders.some((folder) => isInside(real, realPath(folder) ?? folder)))
  );
}

/** The same words whether something is there or not. */
export function outsideProblem(path: string): Omit<Problem, 'place' | 'path'> {
  return {
    message: `${path} lies outside of the folders that a recipe may name here`,
    remedy: 'Name files of those folders, or let whoever runs the server add one.',
  };
}

function isInside(path: string, folder: string): boolean {
  const way = relative(resolve(folder), resolve(path));
  return way !== '..' && !way.startsWith('../') && !way.startsWith('..\\') && !isAbsolute(way);
}

/** Links resolved; null for what does not exist. */
function realPath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}
